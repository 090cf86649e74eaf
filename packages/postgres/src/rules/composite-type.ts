import type { Action, CompositeAttribute, CompositeTypePayload, Fact, Rule } from '@yama/schema'
import { collationName, identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { commentOn, newComment } from './comment.ts'
import { objectName, spoken } from './names.ts'
import { renameObject } from './rename.ts'

const attributeSql = ({ name, type, collation }: CompositeAttribute): string =>
  `${identifier(name)} ${type}${collation === undefined ? '' : ` COLLATE ${collationName(collation)}`}`

/** Attributes go and change where they stand, and come at the end. */
export function attributesFollow(from: CompositeTypePayload, to: CompositeTypePayload): boolean {
  const after = to.attributes.map(({ name }) => name)
  const kept = from.attributes.map(({ name }) => name).filter((name) => after.includes(name))
  return kept.every((name, index) => after[index] === name)
}

function attributeComments(fact: Fact<'compositeType'>, change: 'add' | 'alter', from: readonly CompositeAttribute[]): readonly Action[] {
  const before = new Map(from.map(({ name, comment }) => [name, comment]))
  return fact.payload.attributes
    .filter(({ name, comment }) => before.get(name) !== comment)
    .map(({ name, comment }) => commentOn(fact, change, `COLUMN ${objectName(fact.id)}.${identifier(name)}`, before.get(name), comment))
}

function clauses(from: CompositeTypePayload, to: CompositeTypePayload): readonly string[] {
  const before = new Map(from.attributes.map((attribute) => [attribute.name, attribute]))
  const after = new Set(to.attributes.map(({ name }) => name))
  return [
    ...from.attributes.filter(({ name }) => !after.has(name)).map(({ name }) => `DROP ATTRIBUTE ${identifier(name)}`),
    ...to.attributes.flatMap((attribute) => {
      const old = before.get(attribute.name)
      if (old === undefined) return [`ADD ATTRIBUTE ${attributeSql(attribute)}`]
      if (old.type === attribute.type && old.collation === attribute.collation) return []
      const collation = attribute.collation === undefined ? '' : ` COLLATE ${collationName(attribute.collation)}`
      return [`ALTER ATTRIBUTE ${identifier(attribute.name)} TYPE ${attribute.type}${collation}`]
    }),
  ]
}

export const compositeTypeRule: Rule<'compositeType'> = (delta) => {
  const target = `TYPE ${objectName(delta.id)}`
  switch (delta.change) {
    case 'add':
      return [
        action(delta.to, 'add', {
          sql: `CREATE ${target} AS (${delta.to.payload.attributes.map(attributeSql).join(', ')})`,
          title: `create type ${spoken(delta.to)}`,
          produces: [delta.id],
        }),
        ...newComment(delta.to, target, delta.to.payload.comment),
        ...attributeComments(delta.to, 'add', []),
      ]
    case 'drop':
      return [action(delta.from, 'drop', { sql: `DROP ${target}`, title: `drop type ${spoken(delta.from)}`, destroys: [delta.id] })]
    case 'rename':
      return renameObject('TYPE', delta.from, delta.to)
    case 'alter': {
      const [from, to] = [delta.from.payload, delta.to.payload]
      const changes = clauses(from, to)
      const dropped = changes.some((clause) => clause.startsWith('DROP'))
      return [
        ...(changes.length === 0
          ? []
          : [
              action(
                delta.to,
                'alter',
                {
                  sql: `ALTER ${target} ${changes.join(', ')}`,
                  title: `alter type ${spoken(delta.to)}`,
                  lock: 'ACCESS EXCLUSIVE',
                  ...(dropped ? { reversibility: 'lossy', loss: 'possible', loses: `attributes of type ${spoken(delta.to)}` } : {}),
                },
                changed('attributes', from.attributes, to.attributes),
              ),
            ]),
        ...(from.comment === to.comment ? [] : [commentOn(delta.to, 'alter', target, from.comment, to.comment)]),
        ...attributeComments(delta.to, 'alter', from.attributes),
      ]
    }
  }
}
