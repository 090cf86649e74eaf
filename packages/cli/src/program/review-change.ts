import { YamaError, type Diagnostic } from '@yama/core'
import type { ChangedMigration, ReviewDocument } from '@yama/review'
import type { StateVerdict } from '../drift/state-verdicts.ts'
import { errorDiagnostics, asYamaError } from '../output/error-diagnostics.ts'
import { exitCode } from '../output/exit-code.ts'
import type { CliContext } from './cli-context.ts'
import { hasEntities } from './entity-files.ts'
import { ungenerated } from './ungenerated.ts'
import { reviewStates } from './review-states.ts'
import { sidesOfBase, sidesOfEnvironment, unreadableSides, type ReviewSides } from './review-sides.ts'

export interface ReviewedChange {
  readonly document: ReviewDocument
  readonly inRepository: (file: string) => string
  /** Set where the files could not be read, and the document says no more than that. */
  readonly exitCode?: number
}

/** The document about what is new here against a base, or pending in an environment. */
export async function reviewChange(
  context: CliContext,
  {
    base,
    filesOnly,
    states: files,
  }: { readonly base: string | undefined; readonly filesOnly: boolean; readonly states: readonly string[] },
): Promise<ReviewedChange> {
  const { changeLosses, repositoryPlace, writeReview } = await import('@yama/review')
  const project = await context.project()
  const { dialect } = await context.authoring()
  const sides = await findSides(context, base)
  const { states, changed, diagnostics } = filesOnly ? { changed: sides.changed, diagnostics: [] } : await reviewStates(context, sides)
  const { inRepository, codeOwners } = await repositoryPlace(project.root)
  const owned = await ownedEntities(context)
  const left = filesOnly || owned.diagnostics.length > 0 ? [] : await leftToGenerate(context)
  const verdicts = sides.exitCode === undefined ? await verdictsOf(context, sides, changed, files) : []
  const told = new Set(sides.diagnostics.map(({ code, message }) => `${code} ${message}`))
  const news = verdicts.flatMap((verdict) => verdict.diagnostics).filter(({ code, message }) => !told.has(`${code} ${message}`))
  const document = await writeReview({
    project: project.config.project ?? 'default',
    dialect,
    against: sides.against,
    changed,
    removed: sides.removed,
    losses: sides.losses ?? changeLosses(changed, dialect),
    ...(states === undefined ? {} : { states }),
    environments: verdicts.map(({ diagnostics: _, ...verdict }) => verdict),
    diagnostics: [...sides.diagnostics, ...news, ...diagnostics, ...owned.diagnostics, ...left],
    inRepository,
    entityOwners: owned.owners,
    entityFiles: new Map([...owned.files].map(([name, file]) => [name, inRepository(file)])),
    codeOwners,
  })
  return { document, inRepository, ...(sides.exitCode === undefined ? {} : { exitCode: sides.exitCode }) }
}

/** What the environments would do: those whose state was exported, and the one that is named. */
async function verdictsOf(
  context: CliContext,
  { against, after }: ReviewSides,
  changed: readonly ChangedMigration[],
  files: readonly string[],
): Promise<readonly StateVerdict[]> {
  const compiled = changed.map(({ migration }) => migration)
  const isNamed = against.kind === 'environment' || context.globals.env !== undefined || context.globals.url !== undefined
  return [
    ...(isNamed ? [await (await import('../drift/live-verdict.ts')).liveVerdict(context, after, compiled)] : []),
    ...(files.length === 0 ? [] : await (await import('../drift/state-verdicts.ts')).stateVerdicts(context, files, after, compiled)),
  ]
}

async function findSides(context: CliContext, base: string | undefined): Promise<ReviewSides & { readonly exitCode?: number }> {
  try {
    return await (base === undefined ? sidesOfEnvironment(context) : sidesOfBase(context, base))
  } catch (error) {
    const name = base ?? (await context.environment()).name
    return {
      ...unreadableSides(error, { kind: base === undefined ? 'environment' : 'base', name }),
      exitCode: await exitCode(asYamaError(error)),
    }
  }
}

/** Mistakes in entities, and questions that they leave open; what else is in the way of a replay is told with the states. */
const ABOUT_ENTITIES = /^YAMA_(?:ENTIT|SCHEMA|DECISION)/

/** What the migrations of the change do not say yet. */
async function leftToGenerate(context: CliContext): Promise<readonly Diagnostic[]> {
  if (!(await hasEntities(context))) return []
  try {
    return (await ungenerated(context)).filter(({ severity }) => severity === 'error')
  } catch (error) {
    context.signal.throwIfAborted()
    if (!YamaError.is(error)) throw error
    return ABOUT_ENTITIES.test(error.code) ? errorDiagnostics(error) : []
  }
}

interface OwnedEntities {
  /** `owner:` and the file, by the names that people see. */
  readonly owners: ReadonlyMap<string, string>
  readonly files: ReadonlyMap<string, string>
  readonly diagnostics: readonly Diagnostic[]
}

async function ownedEntities(context: CliContext): Promise<OwnedEntities> {
  if (!(await hasEntities(context))) return { owners: new Map(), files: new Map(), diagnostics: [] }
  const { schemaDialect } = await import('@yama/authoring')
  const { parseFactId } = await import('@yama/schema')
  const project = await context.authoring()
  const shown = (id: string): string => {
    const { schema, name } = parseFactId(id)
    return schema === '' || schema === 'public' || schema === 'main' ? name : `${schema}.${name}`
  }
  try {
    const { owners, desired } = await project.entities.load({ dialect: schemaDialect(project.dialect) })
    const files = [...desired.facts.values()].flatMap(({ id, kind, origin }) =>
      (kind === 'table' || kind === 'view') && origin !== undefined ? [[shown(id), origin.file] as const] : [],
    )
    return { owners: new Map([...(owners ?? [])].map(([id, owner]) => [shown(id), owner])), files: new Map(files), diagnostics: [] }
  } catch (error) {
    return { owners: new Map(), files: new Map(), diagnostics: errorDiagnostics(asYamaError(error)) }
  }
}
