import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compareStates, describeDelta, generate, pull, schemaDialect } from '@yama/authoring'
import { YamaError, type Diagnostic } from '@yama/core'
import type { FactBase, Scope, Unmanaged } from '@yama/schema'
import { yamlEntities } from '@yama/source-yaml'
import type { CorpusSet } from './corpus-set.ts'
import { emptyDatabase, type Database, type Engine } from './databases.ts'
import { loadSet, runDirectory } from './load-set.ts'
import { projectAt } from './project-at.ts'

/** What became of one schema: pulled, generated from the entities alone into an empty database, pulled again. */
export interface RoundTrip {
  readonly set: CorpusSet
  readonly tables: number
  readonly facts: number
  readonly unmanaged: readonly Unmanaged[]
  /** Files that the engine refused when the schema was loaded, and those that were skipped. */
  readonly refused: readonly string[]
  /** Everything that is not as it has to be; empty means equal. */
  readonly problems: readonly string[]
  readonly seconds: number
}

const everything: Scope = { schemas: [], include: [], exclude: [] }

/** Takes one schema through the main job and back. Nothing throws: what fails is one of the problems. */
export async function roundTrip(set: CorpusSet, engine: Engine): Promise<RoundTrip> {
  const started = performance.now()
  const root = mkdtempSync(join(tmpdir(), 'yama-corpus-project-'))
  const seen: { facts?: FactBase; refused: readonly string[] } = { refused: [] }
  const problems: string[] = []
  try {
    await using source = await emptyDatabase(engine)
    seen.refused = await loadSet(set, source)
    const first = await pullInto(source, root, 'schema')
    seen.facts = first
    // On MySQL and MariaDB what states no character set has that of its database.
    const project = projectAt(root, source.dialect, engine.kind === 'mysql' ? source.url : engine.url)
    const report = await generate(project, { prove: false, name: 'everything' })
    if (report.status !== 'written') problems.push(`generate wrote nothing: ${report.status}`)
    await using target = await emptyDatabase(engine)
    if (report.status === 'written') await runDirectory(target, project.migrationsDirectory)
    problems.push(...(await compare(root, first, target)))
    const again = await generate(project, { prove: false, preview: true })
    if (again.status !== 'empty') problems.push(`a second generate is not empty: ${again.up.map(({ title }) => title).join('; ')}`)
  } catch (error) {
    problems.push(explain(error))
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
  const all = [...(seen.facts?.facts.values() ?? [])]
  return {
    set,
    tables: all.filter(({ kind }) => kind === 'table').length,
    facts: all.length,
    unmanaged: seen.facts?.unmanaged ?? [],
    refused: seen.refused,
    problems,
    seconds: (performance.now() - started) / 1000,
  }
}

async function pullInto({ dialect }: Database, root: string, directory: string): Promise<FactBase> {
  const connection = await dialect.connect()
  try {
    return (await pull(connection, dialect, everything, yamlEntities({ directory: join(root, directory), root }))).facts
  } finally {
    await connection[Symbol.asyncDispose]()
  }
}

/** The two databases and the two pulls side by side. */
async function compare(root: string, first: FactBase, target: Database): Promise<readonly string[]> {
  const problems: string[] = []
  const second = await pullInto(target, root, 'again')
  const { deltas } = compareStates(first, second, schemaDialect(target.dialect), { from: 'the original', to: 'the copy' })
  problems.push(...deltas.map((delta) => `differs: ${describeDelta(delta)}`))
  const [before, after] = [filesIn(join(root, 'schema')), filesIn(join(root, 'again'))]
  for (const name of new Set([...before.keys(), ...after.keys()]))
    if (before.get(name) !== after.get(name)) problems.push(`the pulled file differs: ${name}`)
  const connection = await target.dialect.connect()
  try {
    const { files } = await pull(connection, target.dialect, everything, yamlEntities({ directory: join(root, 'schema'), root }))
    if (files.length > 0) problems.push(`pulling the copy over the entities rewrote ${files.join(', ')}`)
  } finally {
    await connection[Symbol.asyncDispose]()
  }
  return problems
}

function filesIn(directory: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => [name, readFileSync(join(directory, name), 'utf8')]),
  )
}

function explain(error: unknown): string {
  if (!YamaError.is(error)) return error instanceof Error ? (error.stack ?? error.message) : String(error)
  const several = Array.isArray(error.data)
    ? (error.data as readonly Partial<Diagnostic>[]).flatMap(({ code, message }) =>
        code === undefined ? [] : [`${code} ${message ?? ''}`],
      )
    : []
  return [`${error.code} ${error.message}`, ...several.slice(0, 5)].join(' | ')
}
