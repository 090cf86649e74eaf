import type { Rule, SequencePayload } from '@yama/schema'
import { literal, quoteName } from '../text/names.ts'
import { action, LOCKS, reason } from './action.ts'

/** Sequences of MariaDB. Which number comes next is data: altering one lets it go on where it is. */
export const sequence: Rule<'sequence'> = (delta) => {
  switch (delta.change) {
    case 'add':
      return [
        action(
          `CREATE SEQUENCE ${quoteName(delta.to.name)} START WITH ${delta.to.payload.start} ${numbers(delta.to.payload)}${stored(delta.to.payload)}`,
          `create sequence ${delta.to.name}`,
          reason(delta),
          { produces: [delta.id] },
        ),
      ]
    case 'drop':
      return [
        action(`DROP SEQUENCE ${quoteName(delta.from.name)}`, `drop sequence ${delta.from.name}`, reason(delta), {
          destroys: [delta.id],
          lock: LOCKS.exclusive,
          loss: 'certain',
          loses: `sequence ${delta.from.name} with the number that it had reached`,
          reversibility: 'lossy',
        }),
      ]
    case 'rename':
      return [
        action(
          `RENAME TABLE ${quoteName(delta.from.name)} TO ${quoteName(delta.to.name)}`,
          `rename sequence ${delta.from.name} to ${delta.to.name}`,
          reason(delta),
          { lock: LOCKS.instant },
        ),
      ]
    case 'alter': {
      const title = `alter sequence ${delta.to.name}`
      const isStored = (attribute: string): boolean => attribute === 'engine' || attribute === 'comment'
      const { engine = 'InnoDB', comment = '' } = delta.to.payload
      const table = delta.attributes.some((one) => isStored(one.attribute))
        ? [action(`ALTER TABLE ${quoteName(delta.to.name)} ENGINE=${quoteName(engine)} COMMENT=${literal(comment)}`, title, reason(delta))]
        : []
      if (delta.attributes.every((one) => isStored(one.attribute))) return table
      const start = delta.from.payload.start === delta.to.payload.start ? '' : `START WITH ${delta.to.payload.start} `
      const anew = isElsewhere(delta.from.payload, delta.to.payload)
      const name = quoteName(delta.to.name)
      const steps = anew ? [] : movedBound(delta.from.payload, delta.to.payload)
      const reached = { loss: 'certain', loses: `the number that sequence ${delta.to.name} had reached`, reversibility: 'lossy' } as const
      return [
        ...table,
        ...steps.map((value) =>
          action(`DO SETVAL(${name}, ${value}, 0)`, `let sequence ${delta.to.name} go on within its new bounds`, reason(delta)),
        ),
        action(
          `ALTER SEQUENCE ${name} ${start}${numbers(delta.to.payload)}${anew ? ' RESTART' : ''}`,
          title,
          reason(delta),
          anew ? reached : {},
        ),
      ]
    }
  }
}

/** True where no number of the old range is one of the new range. */
const isElsewhere = (from: SequencePayload, to: SequencePayload): boolean =>
  BigInt(to.min) > BigInt(from.max) || BigInt(to.max) < BigInt(from.min)

/** The bound to which numbers have to move that the new range leaves out; the server leaves alone those that are further on. */
function movedBound(from: SequencePayload, to: SequencePayload): readonly string[] {
  if (BigInt(from.increment) > 0n) return BigInt(to.min) > BigInt(from.min) ? [to.min] : []
  return BigInt(to.max) < BigInt(from.max) ? [to.max] : []
}

/** What a sequence is kept in, and what is said about it. */
const stored = ({ engine, comment }: SequencePayload): string =>
  `${engine === undefined ? '' : ` ENGINE=${quoteName(engine)}`}${comment === undefined ? '' : ` COMMENT=${literal(comment)}`}`

/** The largest number of 64 bits is one that MariaDB keeps for itself. */
const numbers = ({ min, max, increment, cache, cycle }: SequencePayload): string =>
  `MINVALUE ${min} MAXVALUE ${max === '9223372036854775807' ? '9223372036854775806' : max} INCREMENT BY ${increment} ${cache === '0' ? 'NOCACHE' : `CACHE ${cache}`} ${cycle ? 'CYCLE' : 'NOCYCLE'}`
