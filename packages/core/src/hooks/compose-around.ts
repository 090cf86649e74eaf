import { coreErrors } from '../errors/errors.ts'

/**
 * Nests handlers around the work, the first outermost. Rejects with YAMA_HOOK_NEXT_TWICE when one calls `next` again.
 *
 * @example await composeAround('run', handlers, subject, () => applyPlan(plan))
 */
export function composeAround<C, R>(
  hook: string,
  handlers: readonly ((subject: C, next: () => Promise<R>) => Promise<R>)[],
  subject: C,
  work: () => Promise<R>,
): Promise<R> {
  const from = async (index: number): Promise<R> => {
    const handler = handlers[index]
    if (handler === undefined) return await work()
    let called = false
    return await handler(subject, async () => {
      if (called) throw coreErrors.YAMA_HOOK_NEXT_TWICE({ hook })
      called = true
      return await from(index + 1)
    })
  }
  return from(0)
}
