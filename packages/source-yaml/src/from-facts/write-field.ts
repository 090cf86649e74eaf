import { type Fact, type FactId, type ForeignReference, memberId, objectId, type ReferentialAction, saysNoAction } from '@yama/schema'
import type { FieldData, FieldObject } from '../schema/types.ts'
import { compactField } from '../format/compact-field.ts'
import { givenName } from './member-names.ts'
import { enumOf, portableType, printDefault, printPortable } from './print-type.ts'
import type { WriteContext } from './write-context.ts'

const actionWords = {
  'no action': 'noAction',
  restrict: 'restrict',
  cascade: 'cascade',
  'set null': 'setNull',
  'set default': 'setDefault',
} as const satisfies Record<ReferentialAction, string>
type ActionWord = NonNullable<FieldObject['onDelete']>
const actionWord = (action: ReferentialAction): ActionWord => actionWords[action]
export const deferralWord = (value: 'immediate' | 'deferred' | undefined): { readonly deferrable?: 'immediate' | 'deferred' } =>
  value === undefined ? {} : { deferrable: value }

const plain = (fact: Fact<'constraint'>): boolean => {
  const { include, deferrable, nullsNotDistinct, notValid, comment, options } = fact.payload
  return (
    include === undefined &&
    deferrable === undefined &&
    nullsNotDistinct !== true &&
    notValid !== true &&
    comment === undefined &&
    Object.keys(options).length === 0
  )
}

/** Constraints and indexes of just this column which the field itself can say. */
function inlineMembers(column: Fact<'column'>, left: ReadonlySet<FactId>, context: WriteContext) {
  const parent = column.parent ?? ''
  const alone = (columns: readonly string[]): boolean => columns.length === 1 && columns[0] === column.name
  const constraints = context.children(parent, 'constraint').filter((fact) => left.has(fact.id) && alone(fact.payload.columns))
  const keys = constraints.filter((fact) => plain(fact) && givenName(fact, context) === undefined)
  const index = context.children(parent, 'index').find((fact) => {
    const { unique, method, keys: parts, include, where, comment, options, invalid } = fact.payload
    const [only] = parts
    const bare = only !== undefined && parts.length === 1 && only.column === column.name && Object.keys(only).length === 1
    return (
      left.has(fact.id) &&
      bare &&
      !unique &&
      method === 'btree' &&
      include === undefined &&
      where === undefined &&
      comment === undefined &&
      invalid !== true &&
      Object.keys(options).length === 0 &&
      givenName(fact, context) === undefined
    )
  })
  return {
    primary: keys.find((fact) => fact.payload.type === 'primary'),
    unique: keys.find((fact) => fact.payload.type === 'unique'),
    foreign: constraints.find((fact) => fact.payload.type === 'foreign' && relationFits(column, fact, context)),
    index,
  }
}

export function relationFits(column: Fact<'column'>, key: Fact<'constraint'>, context: WriteContext): boolean {
  const { references, comment, options } = key.payload
  const { default: preset, generated, identity, collation, options: own, type } = column.payload
  if (
    references === undefined ||
    references.columns.length !== 1 ||
    references.onDeleteColumns !== undefined ||
    comment !== undefined ||
    Object.keys(options).length > 0
  )
    return false
  if (preset !== undefined || generated !== undefined || identity !== undefined || collation !== undefined || Object.keys(own).length > 0)
    return false
  if (references.onDelete === 'set null' && column.payload.notNull) return false
  const table = objectId('table', references.schema, references.table)
  const target = context.facts.get(memberId('column', references.schema, references.table, references.columns[0] ?? ''))
  return (
    context.entityNames.has(table) && target?.kind === 'column' && target.payload.type === type && !refersBack(column.id, target, context)
  )
}

/** A relation takes its type from what it refers to; columns that refer to each other in a circle must say their types themselves. */
function refersBack(start: FactId, target: Fact<'column'>, context: WriteContext): boolean {
  const seen = new Set<FactId>()
  const open: Fact<'column'>[] = [target]
  for (let column = open.pop(); column !== undefined; column = open.pop()) {
    if (column.id === start) return true
    if (seen.has(column.id)) continue
    seen.add(column.id)
    for (const { payload } of context.children(column.parent ?? '', 'constraint')) {
      if (
        payload.type !== 'foreign' ||
        payload.references === undefined ||
        payload.columns.length !== 1 ||
        payload.columns[0] !== column.name
      )
        continue
      const { schema, table, columns } = payload.references
      const next = context.facts.get(memberId('column', schema, table, columns[0] ?? ''))
      if (next?.kind === 'column') open.push(next)
    }
  }
  return false
}

export interface WrittenField {
  readonly value: FieldData
  /** What the field says: its column, and the keys and indexes in it. */
  readonly says: readonly FactId[]
}

/** A column as a field, in one line where that loses nothing. */
export function writeField(column: Fact<'column'>, fieldName: string, left: ReadonlySet<FactId>, context: WriteContext): WrittenField {
  const { payload } = column
  const { primary, unique, foreign, index } = inlineMembers(column, left, context)
  const mark = payload.notNull ? '!' : '?'
  const says: FactId[] = [column.id]
  const object: { -readonly [K in keyof FieldObject]: FieldObject[K] } = {}
  const references = foreign?.payload.references
  if (foreign !== undefined && references !== undefined) {
    const target = objectId('table', references.schema, references.table)
    object.type = `${context.entityNames.get(target)}${mark}`
  } else {
    writeType(object, column, mark, says, context)
  }
  if (primary !== undefined) object.primary = true
  if (unique !== undefined) object.unique = true
  if (index !== undefined) object.indexed = true
  if (payload.identity !== undefined) {
    const { mode, ...rest } = payload.identity
    object.identity = Object.keys(rest).length > 0 ? { mode, ...rest } : mode === 'default' ? true : mode
  }
  if (payload.default !== undefined)
    object.default = printDefault(
      context.dialect,
      payload,
      typeof object.type === 'string' && foreign === undefined ? portableOf(column, context) : undefined,
    )
  if (foreign !== undefined && references !== undefined) Object.assign(object, relationKeys(foreign, context))
  if (payload.generated !== undefined) Object.assign(object, { generated: payload.generated.expression, stored: payload.generated.stored })
  if (payload.collation !== undefined) object.collation = payload.collation
  const { onUpdate, ...options } = payload.options
  if (typeof onUpdate === 'string') object.onUpdate = onUpdate
  if (Object.keys(options).length > 0) object.options = options
  const usual = foreign === undefined ? context.naming.column(fieldName) : context.naming.relationColumn(fieldName)
  if (usual !== column.name) object.column = column.name
  if (payload.comment !== undefined) object.doc = payload.comment
  for (const fact of [primary, unique, foreign, index]) if (fact !== undefined) says.push(fact.id)
  return { value: compactField(object) ?? object, says }
}

const portableOf = (column: Fact<'column'>, context: WriteContext) =>
  enumOf(context, column.payload.type, column.schema) === undefined ? portableType(context.dialect, column.payload.type) : undefined

function writeType(
  object: { type?: FieldObject['type']; nullable?: boolean | undefined },
  column: Fact<'column'>,
  mark: string,
  says: FactId[],
  context: WriteContext,
): void {
  const found = enumOf(context, column.payload.type, column.schema)
  const name = found === undefined ? undefined : context.enumNames.get(found.id)
  if (found !== undefined && name !== undefined) {
    const fact = context.facts.get(found.id) as Fact<'enum'>
    if (name === 'inline') says.push(found.id)
    object.type = `${name === 'inline' ? `enum(${fact.payload.values.join(', ')})` : name.name}${'[]'.repeat(found.array)}${mark}`
    return
  }
  const portable = portableType(context.dialect, column.payload.type)
  if (portable !== undefined) object.type = printPortable(portable) + mark
  else Object.assign(object, { type: { sql: column.payload.type }, nullable: !column.payload.notNull })
}

/** What happens at a DELETE and an UPDATE, where it is not what happens without a word. */
export function actionKeys(references: ForeignReference): { readonly onDelete?: ActionWord; readonly onUpdate?: ActionWord } {
  const isSaid = (event: 'delete' | 'update', action: ReferentialAction): boolean =>
    action !== 'no action' || saysNoAction(references, event)
  return {
    ...(isSaid('delete', references.onDelete) ? { onDelete: actionWord(references.onDelete) } : {}),
    ...(isSaid('update', references.onUpdate) ? { onUpdate: actionWord(references.onUpdate) } : {}),
  }
}

function relationKeys(key: Fact<'constraint'>, context: WriteContext): FieldObject {
  const { references, deferrable, notValid } = key.payload
  if (references === undefined) return {}
  const target = objectId('table', references.schema, references.table)
  const primary = context.children(target, 'constraint').find((fact) => fact.payload.type === 'primary')
  const isPrimary = primary?.payload.columns.length === 1 && primary.payload.columns[0] === references.columns[0]
  const field = context.fieldNames.get(memberId('column', references.schema, references.table, references.columns[0] ?? ''))
  const name = givenName(key, context)
  return {
    ...actionKeys(references),
    ...(references.match === undefined ? {} : { match: references.match }),
    ...deferralWord(deferrable),
    ...(notValid === true ? { notValid } : {}),
    ...(isPrimary || field === undefined ? {} : { references: field }),
    ...(name === undefined ? {} : { constraint: name }),
  }
}
