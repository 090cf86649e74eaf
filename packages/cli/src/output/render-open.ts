import type { FoundStep, OpenMigration } from '@yama/core'
import type { Paint } from './paint.ts'

const VERDICTS = {
  done: 'took effect; it is not run again',
  undone: 'did not take effect; it runs again',
  unknown: 'nobody can tell whether it took effect',
  running: 'the server is still at it',
} as const satisfies Record<FoundStep['verdict'], string>

/** A run that did not end, with the evidence: each object before the statement, what was to become of it, and as it is now. */
export function renderOpen({ name, direction, done, total, found, obstacle }: OpenMigration, color: Paint): string {
  const way = direction === 'up' ? 'being applied' : 'being reverted'
  const title = `${color.yellow('!')} ${color.bold(name)} was ${way}: ${done}${total === undefined ? '' : ` of ${total}`} statements are done`
  const step =
    found === undefined
      ? []
      : [
          `  statement ${found.row.n + 1}: ${firstLine(found.row.sql)}`,
          `  ${color.bold(VERDICTS[found.verdict])} (${found.why})`,
          ...objects(found),
        ]
  const next =
    obstacle === undefined
      ? ['  next: `yama up` goes on, or `yama recover --undo`']
      : [
          `  ${color.red(obstacle)}`,
          found?.verdict === 'running'
            ? '  next: wait until it has ended, then `yama recover`'
            : '  next: look at the database, then `yama recover --continue --assume done`, `--continue --assume undone`, `--undo --assume …` or `--mark applied|reverted --reason …`',
        ]
  return [title, ...step, ...next].join('\n')
}

function objects({ row, now, leftovers }: FoundStep): readonly string[] {
  const expect = row.expect as {
    readonly before?: Readonly<Record<string, string | null>>
    readonly after?: Readonly<Record<string, string>>
  }
  const { before = {}, after = {} } = expect ?? {}
  const lines = Object.keys(before).flatMap((object) => [
    `  ${object}`,
    `    before:   ${state(before[object])}`,
    `    expected: ${after[object] ?? ''}`,
    `    now:      ${now === undefined ? 'not looked at' : state(now[object])}`,
  ])
  return [...lines, ...leftovers.map((sql) => `  runs first: ${sql}`)]
}

const state = (text: string | null | undefined): string =>
  text === null || text === undefined ? 'absent' : text.replaceAll('\n', '\n              ')
const firstLine = (sql: string): string => sql.trim().split('\n', 1)[0] ?? ''
