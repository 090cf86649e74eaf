import { mkdir, rename } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { YamaError, type GraphNode, type Migration } from '@yama/core'
import { filesOfMigration, newMigrationId, parseSqlMigration, writeMigration, writeWhole } from '@yama/core/files'
import { difference, planChange, requirePlan, stateHash, type FactBase, type Scratch, type Unmanaged } from '@yama/schema'
import { authoringErrors } from '../errors/errors.ts'
import { describeDelta } from '../compare/describe-delta.ts'
import { schemaDialect, type AuthoringProject } from '../project/authoring-project.ts'
import { withScratchMajor } from '../project/scratch-major.ts'
import { historyNodes, replayInto } from '../replay/replay-history.ts'
import { runSteps } from '../replay/run-steps.ts'
import { scratchPool, type ScratchPool } from '../replay/scratch-pool.ts'
import { dataStatements } from './data-statements.ts'
import { lateActions } from './late-actions.ts'
import { dataDigest, referenceData, withoutData } from './reference-data.ts'
import { refuseUnsound } from './refuse-unsound.ts'
import { filledVirtualTables } from './sqlite-rows.ts'
import type { ReferenceData } from './table-rows.ts'

export interface SquashOptions {
  /** Up to and including this one and what it needs: id, name or version. Default: everything. */
  readonly to?: string
  /** Words for the file name; default `checkpoint`. */
  readonly name?: string
  /** Proves and shows, writes nothing. */
  readonly preview?: boolean
}

export interface SquashReport {
  readonly id: string
  /** Relative to the project. */
  readonly file: string
  readonly text: string
  readonly covers: readonly string[]
  /** From where to where, relative to the project. */
  readonly moved: readonly { readonly from: string; readonly to: string }[]
  readonly rows: number
  readonly stateHash: string
  readonly dataDigest: string
  readonly scratch: string | undefined
}

interface Built {
  readonly facts: FactBase
  readonly data: ReferenceData
}

/**
 * Writes one checkpoint for the migrations up to a target, once a replay of it has built the same schema and the same rows as theirs, and moves
 * theirs to `archive/`. Rejects with YAMA_SQUASH_NOTHING, YAMA_SQUASH_UNSOUND, YAMA_SQUASH_PROOF and YAMA_REPLAY_FAILED; then nothing
 * was written.
 */
export async function squash(given: AuthoringProject, options: SquashOptions = {}): Promise<SquashReport> {
  const project = await withScratchMajor(given)
  const nodes = await historyNodes(project, options.to === undefined ? undefined : [options.to])
  const last = nodes.at(-1)
  if (last === undefined || nodes.length < 2) throw authoringErrors.YAMA_SQUASH_NOTHING({ count: nodes.length })
  const files = await filesOf(project, nodes)
  refuseUnsound(nodes)
  const pool = scratchPool(schemaDialect(project.dialect), project.scratch, project.notice)
  try {
    const { empty, built } = await replayed(project, nodes, pool)
    const { version } = last.migration
    const name = [version, options.name ?? 'checkpoint'].filter((part) => part !== '').join('_')
    const text = checkpointText(project, nodes, empty, built)
    const checkpoint = parseSqlMigration(text, `${name}.sql`, project.dialect)
    await prove(project, checkpoint, built, pool)
    const path = join(project.migrationsDirectory, `${name}.sql`)
    const shown = (file: string): string => relative(project.root, file).split(sep).join('/')
    if (options.preview !== true) {
      await writeWhole(path, text, { fresh: true })
      for (const { from, to } of files) {
        await mkdir(dirname(to), { recursive: true })
        await rename(from, to)
      }
    }
    return {
      id: checkpoint.id,
      file: shown(path),
      text,
      covers: covered(nodes).map(({ id }) => id),
      moved: files.map(({ from, to }) => ({ from: shown(from), to: shown(to) })),
      rows: built.data.tables.reduce((sum, { rows, derived }) => sum + (derived === true ? 0 : rows.length), 0),
      stateHash: stateHash(built.facts),
      dataDigest: dataDigest(built.data),
      scratch: pool.description(),
    }
  } finally {
    await pool[Symbol.asyncDispose]()
  }
}

/** A checkpoint among them is covered together with what it covers. */
const covered = (nodes: readonly GraphNode[]): readonly { readonly id: string; readonly link?: string }[] => [
  ...new Map(
    nodes.flatMap(({ migration, link }) => [...(migration.covers ?? []), { id: migration.id, link }]).map((each) => [each.id, each]),
  ).values(),
]

async function filesOf(
  project: AuthoringProject,
  nodes: readonly GraphNode[],
): Promise<readonly { readonly from: string; readonly to: string }[]> {
  const { migrationsDirectory: directory } = project
  const found = await Promise.all(
    nodes.map(({ migration }) => filesOfMigration(directory, join(project.root, migration.file), migration.name)),
  )
  const others = nodes
    .filter((_, index) => found[index]?.otherDatabases === true)
    .map(({ migration }) => `${migration.name} has files for other databases`)
  refuseUnsound([], others)
  return [...new Set(found.flatMap(({ names }) => names))].map((name) => ({
    from: join(directory, name),
    to: join(directory, 'archive', name),
  }))
}

/** The migrations are replayed twice: what differs then cannot be written down. */
async function replayed(
  project: AuthoringProject,
  nodes: readonly GraphNode[],
  pool: ScratchPool,
): Promise<{ readonly empty: FactBase; readonly built: Built }> {
  const first = await pool.take()
  const empty = await schemaDialect(project.dialect).extract(first.connection, project.scope)
  const build = (scratch: Scratch): Promise<Built> => filled(project, scratch, () => replayInto(project, nodes, scratch))
  const built = await build(first)
  if (built.data.tables.length > 0) {
    const again = await build(await pool.take())
    const tables = built.data.tables.filter((rows) => {
      const other = again.data.tables.find(({ table }) => table === rows.table)
      return other === undefined || dataDigest({ tables: [other], sequences: [] }) !== dataDigest({ tables: [rows], sequences: [] })
    })
    refuseUnsound(
      [],
      tables.map(({ table }) => `the rows of ${table} differ between two replays`),
    )
  }
  if (project.dialect.kind === 'sqlite')
    refuseUnsound(
      [],
      (await filledVirtualTables(first.connection)).map((name) => `the rows of the virtual table ${name} cannot be written down`),
    )
  const lost = unmanagedOf(built.facts, empty).filter(({ definition }) => definition === undefined)
  refuseUnsound(
    [],
    lost.map(({ kind, name, reason }) => `${kind} ${name} cannot be written down (${reason})`),
  )
  return { empty, built }
}

/** What Yama does not model, but the server prints: written as it prints it. */
const unmanagedOf = (facts: FactBase, empty: FactBase): readonly Unmanaged[] => {
  const before = new Set(empty.unmanaged.map(({ kind, name }) => `${kind} ${name}`))
  return facts.unmanaged.filter(({ kind, name }) => !before.has(`${kind} ${name}`))
}

async function filled(project: AuthoringProject, scratch: Scratch, work: () => Promise<void>): Promise<Built> {
  const before = await referenceData(scratch.connection)
  await work()
  const facts = await schemaDialect(project.dialect).extract(scratch.connection, project.scope)
  return { facts, data: withoutData(await referenceData(scratch.connection), before) }
}

function checkpointText({ dialect }: AuthoringProject, nodes: readonly GraphNode[], empty: FactBase, { facts, data }: Built): string {
  const { actions } = requirePlan(planChange({ before: empty, after: facts, dialect: schemaDialect(dialect), renames: [] }))
  const { early, late } = lateActions(actions, facts)
  return writeMigration({
    id: newMigrationId(),
    parents: [],
    covers: covered(nodes),
    metadata: { description: `Checkpoint of ${nodes.length} migrations up to ${nodes.at(-1)?.migration.name ?? ''}` },
    state: { before: stateHash(empty), after: stateHash(facts) },
    reversibility: 'irreversible',
    up: [
      ...early.map(({ sql, title }) => ({ text: sql, comment: title })),
      ...dataStatements(data, dialect.kind),
      ...late.map(({ sql, title }) => ({ text: sql, comment: title })),
      ...unmanagedOf(facts, empty).map(({ kind, name, definition = '' }) => ({
        text: definition.replace(/;\s*$/, ''),
        comment: `${kind} ${name}`,
      })),
    ],
  })
}

async function prove(project: AuthoringProject, checkpoint: Migration, built: Built, pool: ScratchPool): Promise<void> {
  const scratch = await pool.take()
  const dialect = schemaDialect(project.dialect)
  const facts = (): Promise<FactBase> => dialect.extract(scratch.connection, project.scope)
  const signal = project.scratch.signal ?? new AbortController().signal
  const work = (): Promise<void> =>
    runSteps(checkpoint, { connection: scratch.connection, dialect: project.dialect, scratch: scratch.description, facts, signal })
  const other = await filled(project, scratch, work).catch((error: unknown) => {
    if (!YamaError.is(error) || error.code !== 'YAMA_REPLAY_FAILED') throw error
    throw authoringErrors.YAMA_SQUASH_PROOF({ differences: 'it does not run' }, { data: [error.message], cause: error })
  })
  const schema = stateHash(other.facts) === stateHash(built.facts) ? [] : difference(built.facts, other.facts).map(describeDelta)
  const data = dataDigest(other.data) === dataDigest(built.data) ? [] : ['the rows or the positions of sequences differ']
  const told = ({ unmanaged }: FactBase): readonly string[] =>
    unmanaged.map(({ kind, name, definition }) => `${kind} ${name} ${definition ?? ''}`).toSorted()
  const rest = told(other.facts).join('\n') === told(built.facts).join('\n') ? [] : ['what Yama does not model differs']
  const differences = [...schema, ...rest, ...data]
  if (differences.length === 0) return
  const shown =
    differences.length > 5 ? `${differences.slice(0, 5).join('; ')}; and ${differences.length - 5} more` : differences.join('; ')
  throw authoringErrors.YAMA_SQUASH_PROOF({ differences: shown }, { data: differences })
}
