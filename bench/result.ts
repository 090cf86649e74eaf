import { median, ratio, type Sample } from './measure.ts'

export interface Row {
  readonly name: string
  readonly wall?: number
  readonly cpu?: number
  /** Yama's time divided by this one's, medians of the pairs. */
  readonly wallRatio?: number
  readonly cpuRatio?: number
  readonly note?: string
}

export interface Target {
  readonly text: string
  readonly found: string
  readonly met: boolean
}

/** One table of the page. */
export interface Result {
  readonly title: string
  readonly about: string
  readonly rows: readonly Row[]
  readonly targets: readonly Target[]
}

/** Rows of an interleaved run, Yama first. */
export function rowsOf(
  samples: Readonly<Record<string, readonly Sample[]>>,
  yama: string,
  notes: Readonly<Record<string, string>> = {},
): readonly Row[] {
  return Object.entries(samples).map(([name, list]) => ({
    name,
    wall: median(list.map((sample) => sample.wall)),
    cpu: median(list.map((sample) => sample.cpu)),
    ...(name === yama ? {} : { wallRatio: ratio(samples, yama, name, 'wall'), cpuRatio: ratio(samples, yama, name, 'cpu') }),
    ...(notes[name] === undefined ? {} : { note: notes[name] }),
  }))
}

/** `at most` as a target. */
export const atMost = (text: string, found: number, limit: number, digits = 2): Target => ({
  text,
  found: found.toFixed(digits),
  met: found <= limit,
})

const seconds = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(3))
const times = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(2))

/** A result as Markdown; the console gets the same. */
export function markdown({ title, about, rows, targets }: Result): string {
  const hasTimes = rows.some((row) => row.wall !== undefined)
  const table = hasTimes
    ? [
        '| | wall s | client CPU s | Yama / this, wall | Yama / this, CPU | |',
        '|---|---|---|---|---|---|',
        ...rows.map(
          (row) =>
            `| ${row.name} | ${seconds(row.wall)} | ${seconds(row.cpu)} | ${times(row.wallRatio)} | ${times(row.cpuRatio)} | ${row.note ?? ''} |`,
        ),
      ]
    : ['| | |', '|---|---|', ...rows.map((row) => `| ${row.name} | ${row.note ?? ''} |`)]
  const goals = targets.map(({ text, found, met }) => `- ${met ? 'met' : '**missed**'}: ${text} — ${found}`)
  return [`## ${title}`, '', about, '', ...table, ...(goals.length === 0 ? [] : ['', ...goals]), ''].join('\n')
}
