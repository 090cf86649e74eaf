import { createYama, definePlugin, type DatabaseKind, type Migration, type Target } from '@yama/core'
import { memorySource, sqlMigration } from '@yama/testkit/faults'
import { dialectAt } from '../recovery/dialect-at.ts'

export const LEGS = ['up', 'down', 'up again'] as const
export type LegName = (typeof LEGS)[number]

export interface Leg {
  readonly seconds: number
  /** Seconds of each tenth of the migrations. */
  readonly tenths: readonly number[]
}

export interface LongHistory {
  readonly legs: Readonly<Record<LegName, Leg>>
  /** In MB. */
  readonly rssFirstTenth: number
  readonly rssPeak: number
  /** What JavaScript holds after a collection, in MB; with `--expose-gc`. */
  readonly heapStart: number
  readonly heapEnd: number
  readonly wrong: readonly string[]
}

const TENTH = 10
const pad = (index: number): string => String(index).padStart(6, '0')

/** One in ten makes a table, one adds a column, one an index, the others write a row; each has a way back. */
export function longProject(count: number, kind: DatabaseKind): readonly Migration[] {
  return Array.from({ length: count }, (_, index) => {
    const table = `long_${String(Math.floor(index / 10))}`
    const [up, down] = changeOf(table, index % 10, kind)
    return sqlMigration({ id: `${pad(index)}_step`, up, down })
  })
}

function changeOf(table: string, part: number, kind: DatabaseKind): readonly [string, string] {
  if (part === 0) return [`CREATE TABLE ${table} (id integer PRIMARY KEY, name varchar(40))`, `DROP TABLE ${table}`]
  if (part === 1) return [`ALTER TABLE ${table} ADD COLUMN note varchar(40)`, `ALTER TABLE ${table} DROP COLUMN note`]
  if (part === 2) {
    const index = `${table}_name`
    const on = kind === 'mysql' || kind === 'mariadb' ? ` ON ${table}` : ''
    return [`CREATE INDEX ${index} ON ${table} (name)`, `DROP INDEX ${index}${on}`]
  }
  return [
    `INSERT INTO ${table} (id, name) VALUES (${String(part)}, 'row ${String(part)}')`,
    `DELETE FROM ${table} WHERE id = ${String(part)}`,
  ]
}

/** Applies so many migrations, reverts them all, and applies them again; measures each tenth. */
export async function longHistory(url: string, count: number, tell: (line: string) => void = () => undefined): Promise<LongHistory> {
  const dialect = dialectAt(url)
  const migrations = longProject(count, dialect.kind)
  const mb = (bytes: number): number => bytes / 1024 / 1024
  const heap = (): number => {
    ;(globalThis as { readonly gc?: () => void }).gc?.()
    return mb(process.memoryUsage().heapUsed)
  }
  let finished = 0
  let marks: number[] = []
  let rssFirstTenth = 0
  let rssPeak = 0
  const every = Math.max(1, Math.floor(count / TENTH))
  const watcher = definePlugin(() => ({
    name: 'watcher',
    hooks: {
      event: ({ type }) => {
        if (type !== 'migration:finished' || ++finished % every !== 0) return
        marks.push(performance.now())
        const rss = mb(process.memoryUsage.rss())
        if (rssFirstTenth === 0) rssFirstTenth = rss
        rssPeak = Math.max(rssPeak, rss)
      },
    },
  }))
  const heapStart = heap()
  const wrong: string[] = []
  await using yama = createYama({ dialect, sources: [memorySource(migrations)], plugins: [watcher()] })
  const leg = async (name: LegName, target: Target, applied: number): Promise<Leg> => {
    marks = []
    finished = 0
    const started = performance.now()
    const plan = await yama.plan(target)
    const begun = performance.now()
    await yama.apply(plan, { confirm: plan.digest })
    const seconds = (performance.now() - started) / 1000
    const tenths = marks.map((mark, index) => (mark - (marks[index - 1] ?? begun)) / 1000)
    const status = await yama.status()
    const present = status.applied.filter((row) => row.status === 'applied').length
    if (present !== applied) wrong.push(`${name}: ${String(present)} applied in place of ${String(applied)}`)
    tell(`${dialect.kind}: ${name} in ${seconds.toFixed(1)} s, tenths ${tenths.map((tenth) => tenth.toFixed(1)).join(' ')}`)
    return { seconds, tenths }
  }
  const up = await leg('up', { up: 'latest' }, count)
  const down = await leg('down', { down: count }, 0)
  const again = await leg('up again', { up: 'latest' }, count)
  const { findings, state, events } = await yama.audit()
  if (findings.length > 0) wrong.push(`the log is broken: ${JSON.stringify(findings.slice(0, 3))}`)
  if (state.length > 0) wrong.push(`the state says something else than the log: ${JSON.stringify(state.slice(0, 3))}`)
  // Each run has a beginning and an end beside its migrations.
  if (events !== 3 * (count + 2)) wrong.push(`${String(events)} events in place of ${String(3 * (count + 2))}`)
  return { legs: { up, down, 'up again': again }, rssFirstTenth, rssPeak, heapStart, heapEnd: heap(), wrong }
}
