import type { Effect } from '@yama/core'
import type { JudgedMigration, JudgedStatement } from './migration-effects.ts'

/** The statements of a graph that may have made keys, triggers and columns of which nothing else tells. Privileges and rows that are loaded are neither. */
export function mayDoAnything(judged: readonly JudgedMigration[]): (migration: JudgedMigration) => boolean {
  const made = new Set<string>()
  for (const { found } of judged.flatMap(({ statements }) => statements))
    for (const link of found.links ?? []) if (link.when === 'call' && link.unknown === undefined) made.add(link.object)
  const isUntold = ({ text, found }: JudgedStatement): boolean =>
    (found.unknown !== undefined && !/^\s*(grant|revoke|load|alter\s+default)\b/i.test(text)) ||
    found.effects.some((effect) => isCall(effect) && !made.has(effect.object))
  return ({ statements }) => statements.some(isUntold)
}

const isCall = ({ object, facet, access }: Effect): boolean => access === 'write' && facet === 'rows' && object.startsWith('function:')
