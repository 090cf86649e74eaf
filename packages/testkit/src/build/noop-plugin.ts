import { definePlugin } from '@yama/core'

/**
 * Joins all six hooks and changes nothing: a run with it must do exactly what a run without it does.
 *
 * @example createYama({ dialect, sources, plugins: [noopPlugin()] })
 */
export const noopPlugin = definePlugin(() => ({
  name: '@yama/testkit/noop',
  hooks: {
    graph: (migrations) => migrations,
    plan: (plan) => plan,
    run: (_, next) => next(),
    migration: (_, next) => next(),
    step: (_, next) => next(),
    event: () => undefined,
  },
}))
