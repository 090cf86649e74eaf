import type { GraphNode } from '@yama/core'
import { authoringErrors } from '../errors/errors.ts'

/** Throws YAMA_SQUASH_UNSOUND with every reason why statements alone cannot stand for these migrations. */
export function refuseUnsound(nodes: readonly GraphNode[], more: readonly string[] = []): void {
  const reasons = nodes.flatMap(({ migration }) => {
    const { name, up, down, appliesTo, requires } = migration
    const steps = [...up, ...(down ?? [])]
    return [
      ...(steps.some((step) => step.kind === 'code') ? [`${name} runs code`] : []),
      ...(up.some((step) => step.kind !== 'code' && step.kind !== 'sql' && step.kind !== 'operation')
        ? [`${name} has steps of a plugin`]
        : []),
      ...(up.some((step) => step.kind === 'sql' && step.secret !== undefined) ? [`${name} sends a secret`] : []),
      ...(appliesTo === undefined ? [] : [`${name} is for some databases only (${appliesTo})`]),
      ...(requires.some((required) => required.includes(':')) ? [`${name} requires another project`] : []),
    ]
  })
  const all = [...reasons, ...more]
  if (all.length === 0) return
  const shown = all.length > 5 ? `${all.slice(0, 5).join('; ')}; and ${all.length - 5} more` : all.join('; ')
  throw authoringErrors.YAMA_SQUASH_UNSOUND({ reasons: shown }, { data: all })
}
