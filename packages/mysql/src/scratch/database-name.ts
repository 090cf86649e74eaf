import { randomBytes } from 'node:crypto'

const PREFIX = 'yama_scratch_'
const NAME = /^yama_scratch_([0-9a-z]{8})_[0-9a-f]{8}$/

/** A name that says when it was chosen: databases carry no comment on every server. */
export const scratchName = (now: number): string => `${PREFIX}${now.toString(36).padStart(8, '0')}_${randomBytes(4).toString('hex')}`

/** When the database was made, in ms; undefined where the name is not of Yama's making. */
export function madeAt(name: string): number | undefined {
  const time = NAME.exec(name)?.[1]
  return time === undefined ? undefined : Number.parseInt(time, 36)
}
