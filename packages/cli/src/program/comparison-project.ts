import type { AuthoringProject, StateReference } from '@yama/authoring'
import { parseDatabaseUrl } from '../config/parse-database-url.ts'
import { authoringProject } from './authoring-project.ts'
import type { CliContext } from './cli-context.ts'

/** The project that a comparison needs: the working directory's, or, for two databases, none but their dialect. */
export async function comparisonProject(context: CliContext, references: readonly StateReference[]): Promise<AuthoringProject> {
  const kinds = await Promise.all(
    references.map(async (reference) =>
      reference.kind === 'url'
        ? parseDatabaseUrl(reference.value, context.globals.cwd).kind
        : reference.kind === 'env'
          ? (await context.database(reference.value)).dialect.kind
          : undefined,
    ),
  )
  const kind = kinds.find((found) => found !== undefined)
  return authoringProject(context, kind)
}
