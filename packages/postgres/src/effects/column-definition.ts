import { recordComputed, type ObjectName } from '@yama/sql'
import { fieldsOf, kindOf, listOf, nameOf, nodeOf, stringOf, textOf, walk, type Fields } from './ast.ts'
import { columnSays } from './column-says.ts'
import { constraintEffects, runs } from './constraint.ts'
import type { EffectScope } from './effect-scope.ts'
import { namedTypes, queryReads } from './query-reads.ts'
import { typeReads } from './type-reads.ts'

/** Types which make a sequence of their own. */
const SERIAL = new Set(['serial', 'bigserial', 'smallserial', 'serial4', 'serial8', 'serial2'])

/** A column of a new table, or one that is added: its type, its default, its constraints. `over` is true where rows may be there. */
export function columnDefinition(definition: Fields, table: ObjectName, over: boolean, scope: EffectScope): void {
  const { build } = scope
  const name = textOf(definition['colname'])
  typeReads(definition['typeName'], scope)
  const types = listOf(fieldsOf(definition['typeName'])['names'])
  const serial = types.some((type) => SERIAL.has(stringOf(type)))
  if (serial) build.object('relation', ownSequence(table, name), 'add', 'exist')
  if (serial) numbered(table, name, scope)
  let generated = serial
  let needsValue = false
  let computed = false
  let given = false
  for (const constraint of listOf(definition['constraints'])) {
    const fields = nodeOf(constraint, 'Constraint') ?? {}
    const kind = textOf(fields['contype'])
    if (kind === 'CONSTR_NOTNULL' || kind === 'CONSTR_PRIMARY') needsValue = true
    else if (kind === 'CONSTR_DEFAULT' || kind === 'CONSTR_GENERATED' || kind === 'CONSTR_IDENTITY') {
      given = true
      generated ||= kind === 'CONSTR_IDENTITY' || callsFunction(fields['raw_expr'])
      computed ||= kind !== 'CONSTR_DEFAULT' || isComputed(fields['raw_expr'])
      if (kind === 'CONSTR_IDENTITY') numbered(table, name, scope)
      if (kind === 'CONSTR_DEFAULT') givenBy(fields['raw_expr'], table, name, scope, over)
      queryReads(fields['raw_expr'], scope, 'depends', kind === 'CONSTR_GENERATED' ? table : undefined)
      namedTypes(fields['raw_expr'], scope)
      if (kind === 'CONSTR_GENERATED') runs(fields['raw_expr'], table, scope)
      if (kind === 'CONSTR_GENERATED') recordComputed(build, table, name, columnsIn(fields['raw_expr']))
    }
    if (!PLAIN.has(kind)) constraintEffects(fields, table, scope, [name], over)
  }
  if (!over || generated)
    build.column(table, name, {
      number: !over && NUMBERS.has(stringOf(types.at(-1))),
      generated,
      empty: !over && !given && !needsValue && !generated && isBuiltIn(types),
    })
  build.says(table, name, columnSays(definition))
  // Rows get their numbers in the order in which they lie, and an update puts them elsewhere.
  if (over && generated) build.object('relation', table, 'read', 'rows')
  // A value that differs from row to row, or one that must not be missing, concerns the rows that are there.
  if (over && (computed || (needsValue && !given))) build.member('relation', table, 'rows:all', 'read', 'rows')
}

/** The name that the server gives to the sequence behind a column. */
const ownSequence = (table: ObjectName, column: string): ObjectName => ({ ...table, name: `${table.name}_${column}_seq` })

/** From now on a row without a value for the column takes the next number. */
export function numbered(table: ObjectName, column: string, scope: EffectScope): void {
  const { build } = scope
  const { name, schema } = ownSequence(table, column)
  owned({ name, schema }, table, column, scope)
  build.valueLink(table, column, [{ object: `relation:${name}`, schema, facet: 'rows', access: 'write' }])
}

/** From now on the sequence goes with the column. */
export function owned({ name, schema }: ObjectName, table: ObjectName, column: string, { build }: EffectScope): void {
  build.link('relation', table, 'drop', { effects: [{ object: `relation:${name}`, schema, facet: 'exist', access: 'write' }] }, [column])
}

/** From now on it gets what the expression gives then: a function may take the next number of a sequence. `now`: rows that are there do too. */
export function givenBy(expression: unknown, table: ObjectName, column: string, scope: EffectScope, now = false): void {
  const inner = scope.nested()
  queryReads(expression, inner, 'rows')
  const found = inner.build.done()
  scope.build.valueLink(table, column, found.effects)
  if (now) scope.build.include(found)
}

const PLAIN = new Set(['CONSTR_NOTNULL', 'CONSTR_NULL', 'CONSTR_DEFAULT', 'CONSTR_GENERATED', 'CONSTR_IDENTITY', ''])

/** Nothing where a whole row is meant. */
function columnsIn(expression: unknown): readonly string[] | undefined {
  const names: string[] = []
  let whole = false
  walk(expression, (kind, fields) => {
    if (kind !== 'ColumnRef') return
    const name = stringOf(listOf(fields['fields']).at(-1))
    if (name === '') whole = true
    else names.push(name)
  })
  return whole ? undefined : names
}

/** A domain may have a default of its own. */
const isBuiltIn = (types: readonly unknown[]): boolean => types.length === 2 && stringOf(types[0]) === 'pg_catalog'

/** Types of whole numbers, as the tree names them. */
const NUMBERS = new Set(['int4', 'int8', 'int', 'integer', 'bigint', 'serial', 'bigserial', 'serial4', 'serial8'])

/** `now()` gives every row of a transaction the same. */
function callsFunction(expression: unknown): boolean {
  let found = false
  walk(expression, (kind, fields) => {
    if (kind === 'FuncCall' && nameOf(fields['funcname']).name !== 'now') found = true
  })
  return found
}

function isComputed(expression: unknown): boolean {
  let found = kindOf(expression)[0] === 'SQLValueFunction'
  walk(expression, (kind) => {
    if (kind === 'FuncCall' || kind === 'SQLValueFunction') found = true
  })
  return found
}
