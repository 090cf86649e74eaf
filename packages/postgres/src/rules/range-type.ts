import type { Fact, Rule } from '@yama/schema'
import { collationName } from '../types/quoted.ts'
import { action } from './action.ts'
import { commentOn, newComment } from './comment.ts'
import { objectName, spoken } from './names.ts'
import { renameObject } from './rename.ts'

function createSql({ id, payload }: Fact<'rangeType'>): string {
  const settings = [
    `SUBTYPE = ${payload.subtype}`,
    ...(payload.operatorClass === undefined ? [] : [`SUBTYPE_OPCLASS = ${payload.operatorClass}`]),
    ...(payload.collation === undefined ? [] : [`COLLATION = ${collationName(payload.collation)}`]),
    ...(payload.canonical === undefined ? [] : [`CANONICAL = ${payload.canonical}`]),
    ...(payload.difference === undefined ? [] : [`SUBTYPE_DIFF = ${payload.difference}`]),
    ...(payload.multirange === undefined ? [] : [`MULTIRANGE_TYPE_NAME = ${payload.multirange}`]),
  ]
  return `CREATE TYPE ${objectName(id)} AS RANGE (${settings.join(', ')})`
}

/** Nothing but its comment and its name can be altered; everything else comes as a drop and an add. */
export const rangeTypeRule: Rule<'rangeType'> = (delta) => {
  const target = `TYPE ${objectName(delta.id)}`
  switch (delta.change) {
    case 'add':
      return [
        action(delta.to, 'add', { sql: createSql(delta.to), title: `create type ${spoken(delta.to)}`, produces: [delta.id] }),
        ...newComment(delta.to, target, delta.to.payload.comment),
      ]
    case 'drop':
      return [action(delta.from, 'drop', { sql: `DROP ${target}`, title: `drop type ${spoken(delta.from)}`, destroys: [delta.id] })]
    case 'rename':
      return renameObject('TYPE', delta.from, delta.to)
    case 'alter':
      return [commentOn(delta.to, 'alter', target, delta.from.payload.comment, delta.to.payload.comment)]
  }
}
