import type { PortTrip } from '../test/corpus/port-set.ts'

const sum = (trips: readonly PortTrip[], of: (trip: PortTrip) => number): number => trips.reduce((total, trip) => total + of(trip), 0)
const left = (trips: readonly PortTrip[]): string => {
  const kinds = new Map<string, number>()
  for (const { refused } of trips) for (const [kind, count] of Object.entries(refused)) kinds.set(kind, (kinds.get(kind) ?? 0) + count)
  const parts = [...kinds].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([kind, count]) => `${count} ${kind}`)
  return parts.length === 0 ? '—' : parts.join(', ')
}

/** One line for each port while the programme runs. */
export function portLine(trip: PortTrip): string {
  const { set, from, to, objects, ported, lossless, lossy, problems } = trip
  const head = `${problems.length === 0 ? 'runs ' : 'FAILS'} ${`${from} → ${to}`.padEnd(20)} ${set.padEnd(44)}`
  const line = `${head} ${String(objects).padStart(5)} → ${String(ported).padStart(5)}  ${lossless} lossless, ${lossy} lossy, left out: ${left([trip])}`
  return [line, ...problems.slice(0, 3).map((problem) => `      ! ${problem.slice(0, 600)}`)].join('\n')
}

/** docs/reference/porting.md */
export function portPage(trips: readonly PortTrip[], now: Date, command: string): string {
  const pairs = [...new Set(trips.map(({ from, to }) => `${from} → ${to}`))]
  const of = (pair: string): readonly PortTrip[] => trips.filter(({ from, to }) => `${from} → ${to}` === pair)
  const running = trips.filter(({ problems }) => problems.length === 0).length
  const rows = pairs.map((pair) => {
    const all = of(pair)
    const good = all.filter(({ problems }) => problems.length === 0)
    const objects = sum(good, (trip) => trip.objects)
    const gone = sum(good, ({ refused }) => Object.values(refused).reduce((total, count) => total + count, 0))
    return `| ${pair} | ${good.length} of ${all.length} | ${objects} | ${sum(good, ({ ported }) => ported)} | ${sum(good, ({ lossless }) => lossless)} | ${sum(good, ({ lossy }) => lossy)} | ${gone} | ${left(good)} |`
  })
  const failing = trips
    .filter(({ problems }) => problems.length > 0)
    .map(({ set, from, to, problems }) => `- ${set}, ${from} → ${to}: ${problems[0]?.split('\n')[0] ?? ''}`)
  return `# Porting: schemas of real projects

Each schema is loaded into its own database, pulled to entities, ported to another database with the first answer of every question, generated,
applied to an empty database of that kind, and generated again. *Runs* means that the server took everything and that the second \`yama generate\` writes nothing.
How a port works stands in [the guide](../guide/porting.md).

Last run: ${now.toISOString().slice(0, 10)}, ${command}, a machine with 2 vCPU. **${running} of ${trips.length} run.**

| From → to | Runs | Objects | Ported | Lossless findings | Lossy findings | Left out | Left out, by kind |
|---|---:|---:|---:|---:|---:|---:|---|
${rows.join('\n')}

A finding is not an object: a type of ten columns is ten findings and one question. A column among the left out is there, without its default, its generation or its numbering.
${failing.length === 0 ? '' : `\nNot running:\n\n${failing.join('\n')}\n`}`
}
