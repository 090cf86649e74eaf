import { describeFact, type AnyDelta } from '@yama/schema'

const signs = { add: '+', drop: '-', alter: '~', rename: '→' } as const satisfies Record<AnyDelta['change'], string>

/** A difference as lines for people: `~ column users.email: notNull false → true`. */
export function describeDelta(delta: AnyDelta): string {
  const sign = signs[delta.change]
  if (delta.change === 'add') return `${sign} ${describeFact(delta.to.id)}`
  if (delta.change === 'drop') return `${sign} ${describeFact(delta.from.id)}`
  if (delta.change === 'rename') return `${sign} ${describeFact(delta.from.id)} → ${delta.to.name}`
  const attributes = delta.attributes.map(({ attribute, from, to }) => `${attribute} ${shown(from)} → ${shown(to)}`)
  return `${sign} ${describeFact(delta.to.id)}: ${attributes.join(', ')}`
}

const shown = (value: unknown): string => (value === undefined ? 'none' : typeof value === 'string' ? value : JSON.stringify(value))
