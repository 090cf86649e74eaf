import { doc, home, keyed, type Write } from './write-value.ts'

export const domainValue: Write<'domain'> = (fact, context) => {
  const { type, notNull, notNullName, notNullComment, default: value, collation, checks, comment } = fact.payload
  const { key, named } = keyed(fact, fact.schema, context)
  const written = checks.map(({ name, expression, notValid, comment: text }) =>
    notValid === undefined && text === undefined
      ? ([name, expression] as const)
      : ([name, { expression, ...(notValid === undefined ? {} : { notValid }), ...doc(text) }] as const),
  )
  const isPlain = notNullName === undefined && notNullComment === undefined
  return {
    key,
    value: {
      ...named,
      ...home(fact.schema, context),
      ...doc(comment),
      type,
      ...(notNull
        ? { notNull: isPlain ? true : { ...(notNullName === undefined ? {} : { name: notNullName }), ...doc(notNullComment) } }
        : {}),
      ...(value === undefined ? {} : { default: value }),
      ...(collation === undefined ? {} : { collation }),
      ...(written.length === 0 ? {} : { checks: Object.fromEntries(written) }),
    },
  }
}

const TYPES = ['compositeType', 'rangeType'] as const

export const compositeTypeValue: Write<'compositeType'> = (fact, context) => {
  const { key, named } = keyed(fact, fact.schema, context, TYPES)
  const attributes = fact.payload.attributes.map(({ name, type, collation, comment }) =>
    collation === undefined && comment === undefined
      ? ([name, type] as const)
      : ([name, { type, ...(collation === undefined ? {} : { collation }), ...doc(comment) }] as const),
  )
  const value = { ...named, ...home(fact.schema, context), ...doc(fact.payload.comment), attributes: Object.fromEntries(attributes) }
  return { key, value }
}

export const rangeTypeValue: Write<'rangeType'> = (fact, context) => {
  const { key, named } = keyed(fact, fact.schema, context, TYPES)
  const { comment, ...range } = fact.payload
  return { key, value: { ...named, ...home(fact.schema, context), ...doc(comment), range } }
}
