import type { Action, Fact, Rule } from '@yama/schema'
import { literal } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { commentOn, newComment } from './comment.ts'
import { addedValues } from './enum-values.ts'
import { objectName, spoken } from './names.ts'
import { isTakenOver, madeInPlaceOf } from './other-kind.ts'
import { renameObject } from './rename.ts'
import { renamedValues, type RenamedValue, withNewNames } from './renamed-values.ts'
import { swapEnum } from './swap-enum.ts'

function renameValues(to: Fact<'enum'>, renamed: readonly RenamedValue[]): readonly Action[] {
  return renamed.map(({ old, value }) =>
    action(
      to,
      'alter',
      {
        sql: `ALTER TYPE ${objectName(to.id)} RENAME VALUE ${literal(old)} TO ${literal(value)}`,
        title: `rename value ${old} of enum ${spoken(to)} to ${value}`,
      },
      changed('values', old, value),
    ),
  )
}

function addValues(from: Fact<'enum'>, to: Fact<'enum'>): readonly Action[] {
  const name = objectName(to.id)
  const added = addedValues(from.payload.values, to.payload.values) ?? []
  return added.map(({ value, place }) =>
    action(
      to,
      'alter',
      {
        sql: `ALTER TYPE ${name} ADD VALUE ${literal(value)}${place === undefined ? '' : ` ${place.side} ${literal(place.value)}`}`,
        title: `add value ${value} to enum ${spoken(to)}`,
        // The server takes the statement in a transaction, but not the value's use before its end.
        transaction: 'commit-after',
      },
      changed('values', from.payload.values, to.payload.values),
    ),
  )
}

export const enumRule: Rule<'enum'> = (delta, context) => {
  const target = `TYPE ${objectName(delta.id)}`
  switch (delta.change) {
    case 'add': {
      const values = delta.to.payload.values.map(literal).join(', ')
      const create = action(delta.to, 'add', {
        sql: `CREATE ${target} AS ENUM (${values})`,
        title: `create enum ${spoken(delta.to)}`,
        produces: [delta.id],
      })
      return madeInPlaceOf(delta.to, [create, ...newComment(delta.to, target, delta.to.payload.comment)], context)
    }
    case 'drop':
      if (isTakenOver(delta.from, context)) return []
      return [
        action(delta.from, 'drop', {
          sql: `DROP ${target}`,
          title: `drop enum ${spoken(delta.from)}`,
          destroys: [delta.id],
          lock: 'ACCESS EXCLUSIVE',
        }),
      ]
    case 'rename':
      return renameObject('TYPE', delta.from, delta.to)
    case 'alter': {
      const { from: before, to } = delta
      const renamed = renamedValues(before, to)
      const from: Fact<'enum'> =
        renamed.length === 0 ? before : { ...before, payload: { ...before.payload, values: withNewNames(before.payload.values, renamed) } }
      const values = delta.attributes.some(({ attribute }) => attribute === 'values')
      const swapped = values && addedValues(from.payload.values, to.payload.values) === undefined
      const comment = swapped
        ? newComment(to, target, to.payload.comment)
        : from.payload.comment === to.payload.comment
          ? []
          : [commentOn(to, 'alter', target, from.payload.comment, to.payload.comment)]
      return [...renameValues(to, renamed), ...(!values ? [] : swapped ? swapEnum(from, to, context) : addValues(from, to)), ...comment]
    }
  }
}
