import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate, port, pull, schemaDialect, type AuthoringProject, type PortReport } from '@yama/authoring'
import { YamaError, type DatabaseKind, type Diagnostic } from '@yama/core'
import type { FactKind, Scope } from '@yama/schema'
import { yamlEntities } from '@yama/source-yaml'
import type { CorpusSet } from './corpus-set.ts'
import { emptyDatabase, type Database, type Engine } from './databases.ts'
import { loadSet, runDirectory } from './load-set.ts'
import { projectAt } from './project-at.ts'

/** What became of one schema on one other database: ported, generated, applied, generated again. */
export interface PortTrip {
  readonly set: string
  readonly from: DatabaseKind
  readonly to: DatabaseKind
  readonly objects: number
  readonly ported: number
  readonly lossless: number
  readonly lossy: number
  /** Objects that are not there, by kind. */
  readonly refused: Readonly<Partial<Record<FactKind, number>>>
  /** Everything that is not as it has to be; empty means that the result runs. */
  readonly problems: readonly string[]
}

const everything: Scope = { schemas: [], include: [], exclude: [] }

/** Pulls one schema and ports it to each of the engines. Nothing throws: what fails is one of the problems. */
export async function portSet(set: CorpusSet, engine: Engine, targets: readonly Engine[]): Promise<readonly PortTrip[]> {
  const root = mkdtempSync(join(tmpdir(), 'yama-port-corpus-'))
  await using source = await emptyDatabase(engine)
  try {
    await loadSet(set, source)
    await pullInto(source, root)
    const trips: PortTrip[] = []
    for (const target of targets)
      trips.push(
        await portTo(
          set,
          { ...projectAt(root, source.dialect, engine.url), cacheDirectory: join(root, '.yama') },
          target,
          join(root, `port${trips.length}`),
        ),
      )
    return trips
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

async function portTo(set: CorpusSet, project: AuthoringProject, engine: Engine, out: string): Promise<PortTrip> {
  await using target = await emptyDatabase(engine)
  const to = { ...projectAt(out, target.dialect, engine.url), cacheDirectory: join(out, '.yama') }
  const problems: string[] = []
  let report: PortReport | undefined
  try {
    report = await port(project, to, { answers: {}, defaults: true })
    if (report.files.some((file) => file.startsWith('migrations/'))) await runDirectory(target, to.migrationsDirectory)
    const again = await generate(to, { prove: false, preview: true })
    if (again.status !== 'empty') problems.push(`a second generate is not empty: ${again.up.map(({ title }) => title).join('; ')}`)
  } catch (error) {
    problems.push(explain(error))
  }
  return { set: set.name, from: schemaDialect(project.dialect).kind, to: schemaDialect(to.dialect).kind, ...counted(report), problems }
}

function counted(report: PortReport | undefined): Omit<PortTrip, 'set' | 'from' | 'to' | 'problems'> {
  const findings = report?.findings ?? []
  const refused: Partial<Record<FactKind, number>> = {}
  for (const object of new Set(findings.filter(({ outcome }) => outcome === 'refused').map((finding) => finding.object))) {
    const kind = object.slice(0, object.indexOf(':')) as FactKind
    refused[kind] = (refused[kind] ?? 0) + 1
  }
  return {
    objects: report?.source.facts.size ?? 0,
    ported: report?.ported.facts.size ?? 0,
    lossless: findings.filter(({ outcome }) => outcome === 'lossless').length,
    lossy: findings.filter(({ outcome }) => outcome === 'lossy').length,
    refused,
  }
}

async function pullInto({ dialect }: Database, root: string): Promise<void> {
  await using connection = await dialect.connect()
  await pull(connection, dialect, everything, yamlEntities({ directory: join(root, 'schema'), root }))
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
