import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { YamaError } from '@yama/core'
import {
  portFacts,
  type FactBase,
  type PortAnswers,
  type PortFinding,
  type PortOptions as PortFactsOptions,
  type PortQuestion,
  type SchemaDialect,
} from '@yama/schema'
import { canonicalFacts } from '../canonical/canonical-facts.ts'
import { authoringErrors } from '../errors/errors.ts'
import { generate } from '../generate/generate.ts'
import { schemaDialect, type AuthoringProject } from '../project/authoring-project.ts'
import { scratchPool } from '../replay/scratch-pool.ts'
import { entitiesState } from '../states/entities-state.ts'
import { describeQuestions } from './describe-questions.ts'

export interface PortOptions {
  /** Id of a question, or of one of its objects → an answer. */
  readonly answers: PortAnswers
  /** Takes the first answer of every question that has none. */
  readonly defaults?: boolean
  /** Reports; leaves nothing behind. */
  readonly dryRun?: boolean
  /** Writes over what is in the directory of the target. */
  readonly force?: boolean
}

export interface PortReport {
  readonly findings: readonly PortFinding[]
  readonly questions: readonly PortQuestion[]
  /** Objects of the source, and those of the target. */
  readonly source: FactBase
  readonly ported: FactBase
  /** Relative to the root of the target; empty after a dry run. */
  readonly files: readonly string[]
  /** Where the target's entities were built as a proof; undefined where no server of its kind is at hand. */
  readonly built: string | undefined
}

/**
 * Turns a project's entities into those of another database, in the directory of `target`, with a first migration. What has no exact counterpart
 * is a finding, and a question where it needs an answer. Migrations are not translated.
 * Rejects with YAMA_PORT_DECISIONS for open questions, YAMA_PORT_ANSWER, YAMA_PORT_SAME, YAMA_PORT_UNKNOWN, YAMA_PORT_OCCUPIED,
 * YAMA_ENTITIES_REFUSED where the target's server does not take the result. Nothing is written then.
 */
export async function port(project: AuthoringProject, target: AuthoringProject, options: PortOptions): Promise<PortReport> {
  const [from, to] = [schemaDialect(project.dialect), schemaDialect(target.dialect)]
  if (from.kind === to.kind) throw authoringErrors.YAMA_PORT_SAME({ database: from.kind })
  if (options.dryRun !== true && options.force !== true) await refuseOccupied(target.root)
  const source = await sourceFacts(project)
  const { facts, inquiry } = portFacts(source, { from, to, answers: options.answers, ...(await statedFor(project, to)) })
  const [wrong] = inquiry.wrong()
  if (wrong !== undefined) throw authoringErrors.YAMA_PORT_ANSWER({ key: wrong.key, reason: wrong.reason })
  const open = inquiry.open()
  if (open.length > 0 && options.defaults !== true)
    throw authoringErrors.YAMA_PORT_DECISIONS(
      { count: open.length, database: to.kind },
      { data: { decisions: open, text: describeQuestions(open), findings: inquiry.findings } },
    )
  const aside = await mkdtemp(join(tmpdir(), 'yama-port-'))
  try {
    const entities = target.entitiesAt(aside)
    await entities.write(facts, { dialect: to })
    const built = await build({ ...target, root: aside, entities })
    const files = options.dryRun === true ? [] : await settle(aside, target, built !== undefined)
    return { findings: inquiry.findings, questions: inquiry.questions(), source, ported: facts, files, built }
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

async function refuseOccupied(directory: string): Promise<void> {
  let entries: readonly string[]
  try {
    entries = await readdir(directory)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
    throw error
  }
  if (entries.length > 0) throw authoringErrors.YAMA_PORT_OCCUPIED({ directory })
}

/** As the source's server prints them; as they are written, where none takes them. */
async function sourceFacts(project: AuthoringProject): Promise<FactBase> {
  const dialect = schemaDialect(project.dialect)
  await using pool = scratchPool(dialect, project.scratch, project.notice)
  try {
    return (await entitiesState(project, project.entities, pool)).facts
  } catch (error) {
    if (!YamaError.is(error) || !(error.code === 'YAMA_ENTITIES_REFUSED' || NO_SCRATCH.has(error.code))) throw error
    project.notice(`the entities are read as they are written: ${error.message}`)
    return (await project.entities.load({ dialect })).desired
  }
}

/** What the entities themselves say for the target: `only:`, `overrides:`, texts by database. */
async function statedFor(project: AuthoringProject, to: SchemaDialect): Promise<Pick<PortFactsOptions, 'skipped' | 'settled'>> {
  const from = schemaDialect(project.dialect)
  const there = await project.entities.elsewhere?.({ dialect: from }, to.kind)
  if (there === undefined) return {}
  try {
    const stated = await project.entities.load({ dialect: to })
    const added = (await project.entities.elsewhere?.({ dialect: to }, from.kind))?.skipped ?? new Set()
    return { skipped: there.skipped, settled: { ids: there.settled, stated: stated.desired, added } }
  } catch (error) {
    // What is only for the source keeps the files from being read for the target; that matters where they say something for it.
    if (!YamaError.is(error) || there.settled.size > 0) throw error
    project.notice(`not looked at: what the entities say for ${to.kind} alone, for they are not read for it as they are (${error.code})`)
    return { skipped: there.skipped }
  }
}

const NO_SCRATCH: ReadonlySet<string> = new Set([
  'YAMA_SCRATCH_NONE',
  'YAMA_MYSQL_SCRATCH_NONE',
  'YAMA_MYSQL_DRIVER_MISSING',
  'YAMA_POSTGRES_DRIVER_MISSING',
  'YAMA_SQLITE_DRIVER_MISSING',
])

/** The server of the target has the last word. */
async function build(target: AuthoringProject): Promise<string | undefined> {
  const dialect = schemaDialect(target.dialect)
  const { desired } = await target.entities.load({ dialect })
  await using pool = scratchPool(dialect, target.scratch, target.notice)
  try {
    await canonicalFacts({ ...target, whole: true }, desired, pool)
    return pool.description()
  } catch (error) {
    if (YamaError.is(error) && NO_SCRATCH.has(error.code)) return undefined
    throw error
  }
}

/** Moves the files to their place; with a server at hand the first migration is generated. */
async function settle(aside: string, target: AuthoringProject, canBuild: boolean): Promise<readonly string[]> {
  const directory = join(target.root, target.entitiesDirectory)
  await cp(aside, directory, { recursive: true })
  const names = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => relative(target.root, join(entry.parentPath, entry.name)).split(sep).join('/'))
  if (!canBuild) return files.toSorted()
  const report = await generate(target, { prove: false, name: 'baseline' })
  return [...files.toSorted(), ...(report.status === 'empty' ? [] : report.files)]
}
