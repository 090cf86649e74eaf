import { join } from 'node:path'
import type { Status } from '@yama/core'
import { buildGraph } from '@yama/core'
import { newMigrationId, nextMigrationName, writeMigration } from '@yama/core/files'
import { driftErrors, type Adoption } from '@yama/drift'
import type { Action } from '@yama/schema'
import type { CliContext } from '../program/cli-context.ts'
import type { MigrationFile } from '../program/new-migration-file.ts'

/**
 * The migration of what was made by hand. It comes after what this database has, not after what is pending here; among files without a header,
 * which run by their names, that cannot be said: YAMA_DRIFT_ADOPT_LATE.
 */
export async function adoptionFile(
  context: CliContext,
  { heads, pending }: Status,
  { up, down }: Adoption,
  words: string | undefined,
): Promise<MigrationFile> {
  const project = await context.authoring()
  const { config } = await context.project()
  const graph = buildGraph(await project.migrations.load(context.signal))
  const nodes = graph.order()
  const isPlain = nodes.length > 0 && nodes.every(({ migration }) => migration.headerless)
  if (isPlain && pending.length > 0)
    throw driftErrors.YAMA_DRIFT_ADOPT_LATE({ pending: pending.map(({ migration }) => migration.name).join(', ') })
  const name = nextMigrationName({
    existing: nodes.map(({ migration }) => migration.name),
    action: words ?? (up.summary === '' ? 'adopt_drift' : up.summary),
    now: new Date(),
    ...(config.numbering === undefined ? {} : { numbering: config.numbering }),
  })
  const id = isPlain ? name : newMigrationId()
  const text = writeMigration({
    id,
    parents: heads.flatMap((head) => {
      const node = graph.get(head)
      return node === undefined ? [] : [{ id: head, link: node.link }]
    }),
    metadata: { description: 'Adopt what was changed by hand' },
    reversibility: up.reversibility,
    up: up.actions.map(statement),
    down: down.actions.map(statement),
    ...(down.refusals.length === 0 ? {} : { downComment: `No way back could be planned: ${down.refusals[0]?.message ?? ''}` }),
  })
  const plain = `-- description: Adopt what was changed by hand\n${text.slice(text.indexOf('-- +migrate Up'))}`
  return { id, path: join(project.migrationsDirectory, `${name}.sql`), text: isPlain ? plain : text }
}

const statement = ({ sql, title }: Action): { readonly text: string; readonly comment: string } => ({ text: sql, comment: title })
