import type { Plan } from '@yama/core'
import { cliErrors } from '../errors/errors.ts'
import type { CliContext } from '../program/cli-context.ts'
import { ask } from './ask.ts'
import { renderPlan } from './render-plan.ts'

/**
 * The confirmation that a plan which loses data needs: the option's digest, or one typed on a terminal.
 * Without either, `apply` itself rejects with YAMA_CONFIRM_NEEDED, which names the digest.
 */
export async function confirmLoss(context: CliContext, plan: Plan, given: string | undefined): Promise<string | undefined> {
  if (given !== undefined || plan.losses.length === 0 || !context.globals.interactive) return given
  process.stderr.write(`${renderPlan(plan, context.color)}\n`)
  const message = `This loses data. Type ${plan.digest} to go on`
  const answer = await ask<string>(context.signal, 'Nothing was done.', ({ text }, asking) => text({ message, ...asking }))
  if (answer.trim() !== plan.digest) throw cliErrors.YAMA_CONFIRM_REFUSED({})
  return plan.digest
}
