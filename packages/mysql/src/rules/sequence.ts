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
      return [...table, action(`ALTER SEQUENCE ${quoteName(delta.to.name)} ${start}${numbers(delta.to.payload)}`, title, reason(delta))]
    }
  }
}

/** What a sequence is kept in, and what is said about it. */
const stored = ({ engine, comment }: SequencePayload): string =>
  `${engine === undefined ? '' : ` ENGINE=${quoteName(engine)}`}${comment === undefined ? '' : ` COMMENT=${literal(comment)}`}`

/** The largest number of 64 bits is one that MariaDB keeps for itself. */
const numbers = ({ min, max, increment, cache, cycle }: SequencePayload): string =>
  `MINVALUE ${min} MAXVALUE ${max === '9223372036854775807' ? '9223372036854775806' : max} INCREMENT BY ${increment} ${cache === '0' ? 'NOCACHE' : `CACHE ${cache}`} ${cycle ? 'CYCLE' : 'NOCYCLE'}`
