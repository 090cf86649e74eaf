import type { AnyDelta } from '@yama/schema'
import { maskUrls } from '../change/mask-secrets.ts'
import { shownFact } from '../objects/shown-fact.ts'

const SIGNS = { add: '+', drop: '-', alter: '~', rename: '→' } as const satisfies Record<AnyDelta['change'], string>
/** Texts of bodies and queries are in the SQL; here it is enough that they differ. */
const LONGEST = 120

/** A difference as a line for people: `~ column users.email: notNull false → true`. */
export function deltaLine(delta: AnyDelta): string {
  const sign = SIGNS[delta.change]
  if (delta.change === 'drop') return `${sign} ${shownFact(delta.from.id)}`
  if (delta.change !== 'alter') return `${sign} ${shownFact(delta.to.id)}`
  const attributes = delta.attributes.map(({ attribute, from, to }) => {
    const [was, is] = [shown(from), shown(to)]
    return was.length > LONGEST || is.length > LONGEST || `${was}${is}`.includes('\n')
      ? `${attribute} differs`
      : `${attribute} ${was} → ${is}`
  })
  return `${sign} ${shownFact(delta.to.id)}: ${attributes.join(', ')}`
}

const shown = (value: unknown): string => maskUrls(value === undefined ? 'none' : typeof value === 'string' ? value : JSON.stringify(value))
