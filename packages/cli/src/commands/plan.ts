import type { Target } from '@yama/core'
import { writeWhole } from '@yama/core/files'
import { header } from '../output/header.ts'
import { planData } from '../output/plan-data.ts'
import { renderPlan } from '../output/render-plan.ts'
import { planSql } from '../output/plan-sql.ts'
import type { CliCommand } from '../program/command.ts'
import { number, text } from '../program/option-values.ts'
import { WAIT_DB } from '../program/wait-for-database.ts'
import { openWithOptions } from '../program/open-with-options.ts'

export const plan: CliCommand = {
  name: 'plan',
  summary: 'Show what would run, where, and what it locks and loses.',
  description:
    'Shows what `yama up` (or `yama down`) would run now: the SQL, what it locks or rewrites as far as known, what data it loses, and the digest that confirms exactly this plan.',
  options: [
    { flags: '--bundle <file>', description: 'the migrations of a bundle instead of the files' },
    { flags: '--verify <key>', description: 'public key: only a bundle signed with its other half' },
    { flags: '--to <target>', description: 'up to and including it: a migration, tag:NAME, head-2, ID+1, +1' },
    { flags: '--steps <count>', description: 'at most this many' },
    { flags: '--phase <phase>', description: 'only migrations of this phase', choices: ['expand', 'migrate', 'contract'] },
    { flags: '--down [count]', description: 'the plan of `yama down`' },
    { flags: '--down-to <target>', description: 'the plan of `yama down --to`' },
    { flags: '--down-run <id>', description: 'the plan of `yama down --run`' },
    { flags: '--sql', description: 'only the SQL, for a DBA' },
    { flags: '--out <file>', description: 'write the plan as JSON' },
    WAIT_DB,
    { flags: '--allow-late <migration>', description: 'plan a file that sorts before applied ones', repeatable: true },
  ],
  examples: ['yama plan', 'yama plan --env prod --sql > review.sql', 'yama plan --down 1 --json'],
  run: async (context, input) => {
    const yama = await openWithOptions(context, input.options, [])
    const made = await yama.plan(planTarget(input.options))
    const out = text(input.options['out'])
    if (out !== undefined) await writeWhole(out, `${JSON.stringify(planData(made), null, 2)}\n`)
    const { environment, dialect } = await context.database()
    const [status, server] = [await yama.status(), await yama.server()]
    return {
      data: {
        ...planData(made),
        where: {
          environment: environment.name,
          production: environment.production,
          dialect: dialect.kind,
          server: server.product,
          host: server.host,
          database: server.database,
          role: server.user,
          applied: status.applied.length,
        },
      },
      text:
        input.options['sql'] === true
          ? planSql(made, dialect.kind)
          : `${await header(context, server)}\n${renderPlan(made, context.color)}`,
      diagnostics: made.diagnostics,
    }
  },
}

function planTarget(options: Readonly<Record<string, unknown>>): Target {
  const downTo = text(options['downTo'])
  if (downTo !== undefined) return { downTo }
  const downRun = text(options['downRun'])
  if (downRun !== undefined) return { downRun }
  if (options['down'] !== undefined) return { down: options['down'] === true ? 1 : (number(options['down'], '--down') ?? 1) }
  const phase = text(options['phase']) as 'expand' | 'migrate' | 'contract' | undefined
  const filter = phase === undefined ? {} : { phase }
  const to = text(options['to'])
  const steps = number(options['steps'], '--steps')
  return to !== undefined ? { up: to, ...filter } : steps !== undefined ? { upSteps: steps, ...filter } : { up: 'latest', ...filter }
}
