import { describeHolder } from '@yama/core/dialect-kit'
import type { LockReport } from '@yama/core'
import { cliErrors } from '../errors/errors.ts'
import { header } from '../output/header.ts'
import type { CliCommand } from '../program/command.ts'
import { text } from '../program/option-values.ts'

const actions = ['status', 'release'] as const

export const lock: CliCommand = {
  name: 'lock',
  summary: 'Show who holds the lock, or take it from a run that is gone.',
  description:
    'Only one run at a time changes a database. `status` shows who does, since when, at which migration, and how it is known whether that run is alive. `release` takes the lock from one that is gone: it needs a reason, is recorded as `lock.released`, and is refused while the holder is alive, unless forced.',
  arguments: [{ name: '[action]', description: `${actions.join(' or ')}; default status` }],
  options: [
    { flags: '--reason <text>', description: 'why it is released; kept in the history' },
    { flags: '--force', description: 'also from a holder that is alive: its session is ended' },
  ],
  examples: ['yama lock status', 'yama lock release --reason "the runner was shut down"', 'yama lock status --json'],
  run: async (context, input) => {
    const action = text(input.arguments[0]) ?? 'status'
    if (action !== 'status' && action !== 'release')
      throw cliErrors.YAMA_CLI_USAGE({ problem: `There is no lock ${action}.`, next: `Use ${actions.join(' or ')}.` })
    // A lock is asked about most when something is wrong, and the files may be that.
    const yama = await context.yama([], { withoutFiles: true })
    if (action === 'release') {
      const reason = text(input.options['reason'])
      if (reason === undefined || reason.trim() === '')
        throw cliErrors.YAMA_CLI_USAGE({ problem: 'A release needs a reason.', next: 'Add `--reason "…"`; it is kept in the history.' })
      const report = await yama.releaseLock({ reason, force: input.options['force'] === true })
      return { data: { released: true, reason, ...report }, text: `released from ${describeHolder(report.holder)}` }
    }
    const report = await yama.lock()
    const head = await header(context, await yama.server())
    if (report === undefined) return { data: { held: false }, text: `${head}\nnobody holds the lock` }
    return { data: { held: true, ...report }, text: `${head}\n${shown(report)}` }
  },
}

const ALIVE = { yes: 'is alive', no: 'is gone', unknown: 'cannot be seen' } as const

function shown({ holder, alive, evidence, key }: LockReport): string {
  const next =
    alive === 'no'
      ? 'The next run takes it over by itself; nothing needs to be done.'
      : alive === 'unknown'
        ? 'If it is gone: yama lock release --reason "…"'
        : 'To end it: stop it there, or yama lock release --force --reason "…"'
  return [`the lock ${key} is held by ${describeHolder(holder)}`, `its holder ${ALIVE[alive]}: ${evidence.join('; ')}`, next].join('\n')
}
