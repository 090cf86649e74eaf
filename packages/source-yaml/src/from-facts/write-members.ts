import { type Fact, type FactId, memberId, objectId } from '@yama/schema'
import type { ConstraintData, ForeignKeyData, IndexData } from '../schema/types.ts'
import { givenName } from './member-names.ts'
import { actionKeys, deferralWord } from './write-field.ts'
import type { WriteContext } from './write-context.ts'

/** One entry of a section of an entity. */
export type WrittenMember =
  | { readonly section: 'primary'; readonly value: unknown; readonly says: FactId }
  | { readonly section: 'unique' | 'foreignKeys' | 'indexes'; readonly value: unknown; readonly says: FactId }
  /** `key` is undefined for a check without a name. */
  | { readonly section: 'checks' | 'constraints'; readonly key: string | undefined; readonly value: unknown; readonly says: FactId }

type Member = Fact<'constraint'> | Fact<'index'>
const options = (fact: Member): { readonly options?: Readonly<Record<string, string | boolean>> } =>
  Object.keys(fact.payload.options).length === 0 ? {} : { options: fact.payload.options }
const comment = (fact: Member): { readonly doc?: string } => (fact.payload.comment === undefined ? {} : { doc: fact.payload.comment })
const named = (fact: Member, context: WriteContext): { readonly name?: string } => {
  const name = givenName(fact, context)
  return name === undefined ? {} : { name }
}

function fieldsOf(fact: Member, columns: readonly string[], context: WriteContext): string[] {
  const table = context.facts.get(fact.parent ?? '')
  return columns.map((column) => context.fieldNames.get(memberId('column', fact.schema, table?.name ?? '', column)) ?? column)
}

export function writeConstraint(fact: Fact<'constraint'>, context: WriteContext): WrittenMember {
  const { payload } = fact
  const fields = fieldsOf(fact, payload.columns, context)
  const include = payload.include === undefined ? {} : { include: fieldsOf(fact, payload.include, context) }
  const says = fact.id
  switch (payload.type) {
    case 'primary':
    case 'unique': {
      const distinct = payload.nullsNotDistinct === true ? { nullsDistinct: false } : {}
      const value = {
        ...named(fact, context),
        fields,
        ...include,
        ...distinct,
        ...deferralWord(payload.deferrable),
        ...comment(fact),
        ...options(fact),
      }
      const short = Object.keys(value).length === 1
      return payload.type === 'primary' ? { section: 'primary', value: short ? fields : value, says } : { section: 'unique', value, says }
    }
    case 'foreign':
      return { section: 'foreignKeys', value: foreignKey(fact, fields, context), says }
    case 'exclusion': {
      const value: ConstraintData = {
        sql: `EXCLUDE ${payload.expression ?? ''}`,
        ...(fields.length === 0 ? {} : { fields }),
        ...deferralWord(payload.deferrable),
        ...comment(fact),
        ...options(fact),
      }
      return { section: 'constraints', key: fact.name, value, says }
    }
    case 'check': {
      const flags = { ...(payload.notValid === true ? { notValid: true } : {}), ...(payload.noInherit === true ? { noInherit: true } : {}) }
      const value = { expression: payload.expression ?? '', ...flags, ...comment(fact), ...options(fact) }
      const isNamed = payload.named
      return {
        section: 'checks',
        key: isNamed ? fact.name : undefined,
        value: Object.keys(value).length === 1 ? value.expression : value,
        says,
      }
    }
  }
}

function foreignKey(fact: Fact<'constraint'>, fields: readonly string[], context: WriteContext): ForeignKeyData {
  const { references, deferrable, notValid } = fact.payload
  const target = objectId('table', references?.schema ?? '', references?.table ?? '')
  const entity = context.entityNames.get(target)
  const schema = references?.schema ?? ''
  const columns = references?.columns ?? []
  const targets = columns.flatMap((column) => context.fieldNames.get(memberId('column', schema, references?.table ?? '', column)) ?? [])
  // A key may name columns that are not there, or none where there is no primary key: only the table's own words say that.
  const isReachable = entity !== undefined && columns.length > 0 && targets.length === columns.length
  const primary = context.children(target, 'constraint').find((each) => each.payload.type === 'primary')
  const isPrimary = primary !== undefined && primary.payload.columns.join('\0') === columns.join('\0')
  const cleared = references?.onDeleteColumns
  return {
    ...named(fact, context),
    fields: [...fields],
    references: isReachable
      ? { entity, ...(isPrimary ? {} : { fields: targets }) }
      : { table: references?.table ?? '', ...(schema === context.dialect.defaultSchema ? {} : { schema }), columns: [...columns] },
    ...(references === undefined ? {} : actionKeys(references)),
    ...(cleared === undefined ? {} : { onDeleteFields: fieldsOf(fact, cleared, context) }),
    ...(references?.match === undefined ? {} : { match: references.match }),
    ...deferralWord(deferrable),
    ...(notValid === true ? { notValid } : {}),
    ...comment(fact),
    ...options(fact),
  }
}

/** An index as an entry of `indexes:`; of a view, whose fields are its columns, too. */
export function writeIndex(fact: Fact<'index'>, context: WriteContext): WrittenMember {
  const { payload } = fact
  const [only] = payload.keys
  const bare = only !== undefined && payload.keys.length === 1 && only.expression !== undefined && Object.keys(only).length === 1
  const fields = payload.keys.map((key): NonNullable<IndexData['fields']>[number] => {
    const { column, expression, descending, nulls, collation, operatorClass, prefixLength } = key
    const field = column === undefined ? undefined : (fieldsOf(fact, [column], context)[0] ?? column)
    const order = descending === true ? ' desc' : ''
    if (field !== undefined && collation === undefined && operatorClass === undefined && prefixLength === undefined && !/\s/.test(field))
      return `${field}${order}${nulls === undefined ? '' : ` nulls ${nulls}`}`
    return {
      ...(field === undefined ? { expression: expression ?? '' } : { field }),
      ...(descending === true ? { order: 'desc' } : {}),
      ...(nulls === undefined ? {} : { nulls }),
      ...(collation === undefined ? {} : { collation }),
      ...(operatorClass === undefined ? {} : { operatorClass }),
      ...(prefixLength === undefined ? {} : { prefix: prefixLength }),
    }
  })
  const value: IndexData = {
    ...named(fact, context),
    ...(bare ? { expression: only?.expression ?? '' } : { fields }),
    ...(payload.unique ? { unique: true } : {}),
    ...(payload.method === 'btree' ? {} : { using: payload.method }),
    ...(payload.include === undefined ? {} : { include: fieldsOf(fact, payload.include, context) }),
    ...(payload.where === undefined ? {} : { where: payload.where }),
    ...(payload.nullsNotDistinct === true ? { nullsDistinct: false } : {}),
    ...comment(fact),
    ...options(fact),
  }
  return { section: 'indexes', value, says: fact.id }
}
