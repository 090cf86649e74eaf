import type { Engine } from '../test/corpus/databases.ts'
import type { RoundTrip } from '../test/corpus/round-trip.ts'
import { summaryMark } from './coverage-parts.ts'

/** Every schema of one engine. */
export interface EngineRun {
  readonly engine: Engine
  /** How many schemas there are, where the run has not seen all of them. */
  readonly of?: number
  readonly trips: readonly RoundTrip[]
}

const share = (facts: number, outside: number): string => (facts + outside === 0 ? '100.0' : ((100 * facts) / (facts + outside)).toFixed(1))
const sum = (trips: readonly RoundTrip[], of: (trip: RoundTrip) => number): number => trips.reduce((total, trip) => total + of(trip), 0)

function byKind(trips: readonly RoundTrip[]): readonly (readonly [string, readonly string[]])[] {
  const kinds = new Map<string, string[]>()
  for (const { kind, name } of trips.flatMap(({ unmanaged }) => unmanaged)) kinds.set(kind, [...(kinds.get(kind) ?? []), name])
  return [...kinds].sort(([a], [b]) => (a < b ? -1 : 1))
}

const counts = (trips: readonly RoundTrip[]): string =>
  byKind(trips)
    .map(([kind, names]) => `${names.length} ${kind}`)
    .join(', ')

/** One line per schema while the programme runs, and what is wrong with it below. */
export function consoleLine(trip: RoundTrip): string {
  const { set, tables, facts, unmanaged, refused, problems, seconds } = trip
  const line = `${problems.length === 0 ? 'equal ' : 'DIFFER'} ${set.name.padEnd(44)} ${String(tables).padStart(4)} tables ${String(facts).padStart(5)} facts ${share(facts, unmanaged.length).padStart(5)} % ${seconds.toFixed(1).padStart(6)} s  ${counts([trip])}`
  return [
    line,
    ...refused.map((reason) => `         not loaded: ${reason}`),
    ...problems.slice(0, 12).map((problem) => `       ! ${problem}`),
  ].join('\n')
}

/** What one server made of the schemas, as its part of docs/reference/coverage.md. */
export function enginePart(run: EngineRun, now: Date): string {
  const { engine, trips } = run
  const date = now.toISOString().slice(0, 10)
  const summary = {
    equal: trips.filter(({ problems }) => problems.length === 0).length,
    schemas: trips.length,
    tables: sum(trips, ({ tables }) => tables),
    facts: sum(trips, ({ facts }) => facts),
    unmanaged: sum(trips, ({ unmanaged }) => unmanaged.length),
    date,
  }
  return [
    summaryMark(summary),
    `### ${engine.title}`,
    '',
    `Last run: ${date}, \`pnpm corpus\`, a machine with 2 vCPU.${run.of === undefined ? '' : ` It was stopped after ${String(trips.length)} of ${String(run.of)} schemas.`}`,
    '',
    engineSection(run),
    unmanagedSection(run),
  ].join('\n')
}

function engineSection({ trips }: EngineRun): string {
  const rows = trips.map((trip) => {
    const { set, tables, facts, unmanaged, problems, seconds } = trip
    const outside = counts([trip])
    return `| ${set.name} | ${set.load.by === 'yama' ? '`yama up`' : 'files'} | ${tables} | ${facts} | ${outside === '' ? '—' : outside} | ${share(facts, unmanaged.length)} % | ${problems.length === 0 ? 'yes' : '**no**'} | ${seconds.toFixed(1)} |`
  })
  const [facts, outside] = [sum(trips, (trip) => trip.facts), sum(trips, (trip) => trip.unmanaged.length)]
  const equal = trips.filter(({ problems }) => problems.length === 0).length
  const total = `| **${trips.length} schemas** | | ${sum(trips, ({ tables }) => tables)} | ${facts} | ${outside} | ${share(facts, outside)} % | ${equal} of ${trips.length} | ${sum(trips, ({ seconds }) => seconds).toFixed(0)} |`
  const differing = trips
    .filter(({ problems }) => problems.length > 0)
    .map(
      ({ set, problems }) =>
        `- ${set.name}: ${problems
          .slice(0, 5)
          .map((problem) => problem.split('\n')[0])
          .join('; ')}`,
    )
  const refused = trips
    .filter((trip) => trip.refused.length > 0)
    .map((trip) => `- ${trip.set.name}: ${shortReasons(trip.refused).join('; ')}`)
  return [
    '| Schema | Loaded by | Tables | Facts managed | Unmanaged | Managed | Equal | Seconds |',
    '|---|---|---:|---:|---|---:|---|---:|',
    ...rows,
    total,
    '',
    ...(differing.length === 0 ? [] : ['Not equal:', '', ...differing, '']),
    ...(refused.length === 0 ? [] : ['Files that this engine refuses, or that were skipped because it does:', '', ...refused, '']),
  ].join('\n')
}

/** Files by the reason, where many have the same. */
function shortReasons(refused: readonly string[]): readonly string[] {
  const byReason = new Map<string, string[]>()
  for (const line of refused.map((reason) => reason.split('\n')[0] ?? '')) {
    const colon = line.indexOf(': ')
    const reason = line.slice(colon + 2).replace(/^\S+_file\.sql /, 'it ')
    byReason.set(reason, [...(byReason.get(reason) ?? []), line.slice(0, colon)])
  }
  return [...byReason].flatMap(([reason, files]) =>
    files.length > 3 ? [`${files.length} files: ${reason}`] : files.map((file) => `${file}: ${reason}`),
  )
}

function unmanagedSection({ trips }: EngineRun): string {
  const lines = trips
    .filter(({ unmanaged }) => unmanaged.length > 0)
    .map(
      (trip) =>
        `- **${trip.set.name}**: ${byKind([trip])
          .map(([kind, names]) => `${kind} ${names.map((name) => `\`${name}\``).join(', ')}`)
          .join('; ')}`,
    )
  return lines.length === 0 ? 'Nothing of them is unmanaged.' : [`Unmanaged, by kind: ${counts(trips)}.`, '', ...lines].join('\n')
}
