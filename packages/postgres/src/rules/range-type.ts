import type { Action, Fact, Rule, RuleContext } from '@yama/schema'
import { collationName, identifier, qualified } from '../types/quoted.ts'
import { action } from './action.ts'
import { commentOn, newComment } from './comment.ts'
import { objectName, spoken } from './names.ts'
import { renameObject } from './rename.ts'
import { asideName } from '../types/default-name.ts'
import { needsNewType, swapType } from './swap-type.ts'

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

const created = (type: Fact<'rangeType'>): readonly Action[] => [
  action(type, 'add', { sql: createSql(type), title: `create type ${spoken(type)}`, produces: [type.id] }),
  ...newComment(type, `TYPE ${objectName(type.id)}`, type.payload.comment),
]

/** The name of the multirange type that comes with it, as the server chooses it. */
function multirangeOf({ schema, name, payload }: Fact<'rangeType'>): string {
  return payload.multirange ?? qualified(schema, name.includes('range') ? name.replace('range', 'multirange') : `${name}_multirange`)
}

function swapped(from: Fact<'rangeType'>, to: Fact<'rangeType'>, context: RuleContext): readonly Action[] {
  const [name, multirange, { subtype }] = [objectName(to.id), multirangeOf(from), from.payload]
  const meanwhile = asideName(to.name)
  const beside = identifier(asideName(to.name, '_multi'))
  // Its functions have its name, and keep that when it is renamed.
  const makers = [`${name}(${subtype}, ${subtype})`, `${name}(${subtype}, ${subtype}, text)`]
  const gatherers = [`${multirange}()`, `${multirange}(${name})`, `${multirange}(VARIADIC ${name}[])`]
  const aside = [
    ...makers.map((each) => `ALTER FUNCTION ${each} RENAME TO ${identifier(meanwhile)}`),
    ...gatherers.map((each) => `ALTER FUNCTION ${each} RENAME TO ${beside}`),
    `ALTER TYPE ${name} RENAME TO ${identifier(meanwhile)}`,
    `ALTER TYPE ${multirange} RENAME TO ${beside}`,
  ]
  const now = multirangeOf(to)
  const types = multirange === now ? {} : { [multirange]: now, [`${multirange}[]`]: `${now}[]` }
  return swapType(to, { aside, create: created(to), drop: 'DROP TYPE', meanwhile, types }, context)
}

/** Nothing but its comment and its name can be altered; everything else comes as a drop and an add, or, while it is in use, as a new type in its place. */
export const rangeTypeRule: Rule<'rangeType'> = (delta, context) => {
  const target = `TYPE ${objectName(delta.id)}`
  switch (delta.change) {
    case 'add':
      return created(delta.to)
    case 'drop':
      return [action(delta.from, 'drop', { sql: `DROP ${target}`, title: `drop type ${spoken(delta.from)}`, destroys: [delta.id] })]
    case 'rename':
      return renameObject('TYPE', delta.from, delta.to)
    case 'alter':
      if (needsNewType({ ...delta, kind: 'rangeType' }, context)) return swapped(delta.from, delta.to, context)
      return [commentOn(delta.to, 'alter', target, delta.from.payload.comment, delta.to.payload.comment)]
  }
}
