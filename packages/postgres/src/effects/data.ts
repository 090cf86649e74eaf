import { ROWWISE_FUNCTIONS, type ObjectName } from '@yama/sql'
import { fieldsOf, kindOf, listOf, nameOf, nodeOf, relationOf, stringOf, textOf, walk, type Fields } from './ast.ts'
import type { EffectReader, EffectScope } from './effect-scope.ts'
import { foundRows, insertedRows } from './picked-rows.ts'
import { queryReads } from './query-reads.ts'

/** Whoever writes rows depends on the triggers, constraints and policies that judge them. */
function writes(table: ObjectName, scope: EffectScope, ...events: readonly ('insert' | 'update' | 'delete' | 'delete each')[]): void {
  writesGiven(table, scope, [], ...events)
}

/** `given`: the columns that new rows have values for. */
function writesGiven(
  table: ObjectName,
  { build, rowwise }: EffectScope,
  given: readonly string[],
  ...events: readonly ('insert' | 'update' | 'delete' | 'delete each')[]
): void {
  build.object('relation', table, 'read', 'exist')
  if (!rowwise) build.member('relation', table, 'on:refused', 'read', 'definition')
  for (const event of events) {
    build.member('relation', table, `on:${event === 'delete each' ? 'delete' : event}`, 'read', 'definition')
    if (event === 'insert') build.adds(table, given)
    if (event === 'delete') build.object('relation', table, 'write', 'rows', 'keys')
    if (event === 'delete each') build.member('relation', table, 'rows:all', 'write', 'rows', 'keys')
  }
}

function changes(table: ObjectName, column: string, { build }: EffectScope): void {
  build.member('relation', table, `column:${column}`, 'write', 'rows', 'keys')
  build.member('relation', table, `column:${column}`, 'read', 'type', 'null')
}

/** The table that a statement is about, as one that its expressions may mean: the tree holds it without its kind. */
const withTarget = (fields: Fields): Fields => ({ ...fields, relation: { RangeVar: fields['relation'] }, returningList: [] })

const targets = (list: unknown): readonly string[] => listOf(list).map((entry) => textOf(nodeOf(entry, 'ResTarget')?.['name']))

const isOverriding = (override: unknown): boolean => !['', 'OVERRIDING_NOT_SET'].includes(textOf(override))

/** `SET a = DEFAULT`. */
function asksDefault(node: unknown): boolean {
  let asks = false
  walk(node, (kind) => {
    if (kind === 'SetToDefault') asks = true
  })
  return asks
}

function defaults(list: unknown, table: ObjectName, { build }: EffectScope): void {
  if (asksDefault(list)) for (const column of targets(list)) build.member('relation', table, `column:${column}`, 'read', 'default')
}

/** `INSERT`: new rows, so every reader of the table is concerned. Without a list of columns, so is every column. */
export const insert: EffectReader = (fields, scope) => {
  const { build } = scope
  const table = relationOf(fields['relation'])
  const columns = targets(fields['cols'])
  const given = asksDefault(fields['selectStmt']) || isOverriding(fields['override']) ? [] : columns
  writesGiven(table, scope, given, 'insert')
  build.object('relation', table, 'read', 'null')
  build.defaults(table, given)
  // Values without a list are those of the first columns, and a column is always added behind them.
  if (columns.length === 0)
    build.include({ effects: [{ object: `relation:${table.name}`, schema: table.schema, facet: 'shape', access: 'read', first: true }] })
  for (const column of columns) build.member('relation', table, `column:${column}`, 'read', 'type')
  const conflict = fieldsOf(fields['onConflictClause'])
  if (textOf(conflict['action']) === 'ONCONFLICT_NOTHING') build.idempotent()
  if (fields['onConflictClause'] !== undefined) build.member('relation', table, 'on:refused', 'read', 'definition')
  if (conflict['infer'] !== undefined) build.object('relation', table, 'read', 'uniqueness')
  if (targets(conflict['targetList']).length > 0) writes(table, scope, 'update')
  for (const column of targets(conflict['targetList'])) changes(table, column, scope)
  defaults(conflict['targetList'], table, scope)
  queryReads([fields['selectStmt'], fields['withClause']], scope, 'rows')
  if (textOf(conflict['action']) === 'ONCONFLICT_UPDATE') queryReads([withTarget(fields)['relation'], conflict], scope, 'rows')
  queryReads(fields['returningList'], scope, 'rows', table)
  insideWith(fields, scope)
  const picked = insertedRows(table, columns, fields)
  if (picked !== undefined && scope.rowwise) build.rows(picked)
}

/** `UPDATE`: the columns that are set, and whatever decides which rows. */
export const update: EffectReader = (fields, scope) => {
  const table = relationOf(fields['relation'])
  writes(table, scope, 'update')
  for (const column of targets(fields['targetList'])) changes(table, column, scope)
  defaults(fields['targetList'], table, scope)
  const rowwise = isRowwise(fields, scope)
  queryReads(withTarget(fields), scope, 'rows', undefined, rowwise ? table : undefined)
  insideWith(fields, scope)
  if (!rowwise) return
  const columns = targets(fields['targetList'])
  scope.build.rows(foundRows(table, columns, fields['whereClause']))
  // Once more it gives the same values.
  let reads = false
  walk([fields['targetList'], fields['fromClause'], fields['whereClause']], (kind, inner) => {
    if (kind === 'ColumnRef' && columns.includes(stringOf(listOf(inner['fields']).at(-1)))) reads = true
  })
  if (!reads) scope.build.idempotent()
}

/** `DELETE`. */
export const remove: EffectReader = (fields, scope) => {
  const table = relationOf(fields['relation'])
  const rowwise = isRowwise(fields, scope)
  writes(table, scope, rowwise ? 'delete each' : 'delete')
  queryReads(withTarget(fields), scope, 'rows', undefined, rowwise ? table : undefined)
  insideWith(fields, scope)
  if (rowwise) scope.build.rows(foundRows(table, [], fields['whereClause']))
}

/** Whether what becomes of a row depends on nothing else in its table: neither on other rows nor on how many there are. */
function isRowwise(fields: Fields, { rowwise }: EffectScope): boolean {
  if (!rowwise || fields['withClause'] !== undefined || listOf(fields['returningList']).length > 0) return false
  const { name } = relationOf(fields['relation'])
  let alone = true
  walk([fields['targetList'], fields['whereClause'], fields['fromClause'], fields['usingClause']], (kind, inner) => {
    if (kind === 'RangeVar' && relationOf(inner).name === name) alone = false
    if (kind === 'FuncCall' && !ROWWISE_FUNCTIONS.has(nameOf(inner['funcname']).name)) alone = false
    if (kind === 'CurrentOfExpr') alone = false
  })
  return alone
}

/** `TRUNCATE`. */
export const truncate: EffectReader = (fields, scope) => {
  if (fields['behavior'] === 'DROP_CASCADE') scope.build.cascade()
  scope.build.idempotent()
  for (const relation of listOf(fields['relations'])) {
    writes(relationOf(relation), scope, 'delete')
    scope.build.member('relation', relationOf(relation), 'on:truncate', 'read', 'definition')
    // It meets the sequences of the columns, as a new row does.
    if (fields['restart_seqs'] === true) scope.build.object('relation', relationOf(relation), 'add', 'rows')
  }
}

export const merge: EffectReader = (fields, scope) => {
  const table = relationOf(fields['relation'])
  writes(table, scope, 'insert', 'update', 'delete')
  scope.build.object('relation', table, 'read', 'shape', 'default', 'null')
  queryReads(withTarget(fields), scope, 'rows')
}

/** `COPY … FROM` writes, `COPY … TO` reads. */
export const copy: EffectReader = (fields, scope) => {
  const table = relationOf(fields['relation'])
  if (fields['is_from'] === true) {
    writes(table, scope, 'insert')
    scope.build.object('relation', table, 'read', 'default', 'null', 'shape')
  } else queryReads([fields['relation'], fields['query']], scope, 'rows')
}

/** Functions that change nothing which another migration could see. */
const HARMLESS =
  /^(pg_(?!read|ls|terminate|cancel|reload|rotate|switch|create|drop|promote)\w*|set_config|current_setting|now|version|nextval|currval|setval|lastval|coalesce|count|max|min|sum|length|lower|upper|to_regclass|to_regtype|format|concat|quote_\w+|array_\w+|json\w*|row_\w+|exists|clock_timestamp|gen_random_uuid|random|md5|has_\w+_privilege|col_description|obj_description|string_agg|unnest|generate_series|current_\w+|session_user)$/

/** A query alone is run for what its functions do; `setval` writes its sequence. */
export const query: EffectReader = (fields, scope) => {
  if (fields['intoClause'] !== undefined) {
    scope.build.object('relation', relationOf(fieldsOf(fields['intoClause'])['rel']), 'add', 'exist')
  }
  queryReads(fields, scope, 'rows')
  const inner = scope.nested()
  queryReads(fields, inner, 'rows')
  for (const { object, schema, facet } of inner.build.done().effects) {
    const [kind, name = ''] = [object.slice(0, object.indexOf(':')), object.slice(object.indexOf(':') + 1)]
    if (kind === 'function' && facet === 'rows' && !(schema === 'pg_catalog' || (schema === '' && HARMLESS.test(name))))
      scope.build.object('function', { schema, name }, 'write', 'rows')
    if (kind === 'relation' && facet === 'exist' && /\bsetval\s*\(/i.test(scope.sql))
      scope.build.object('relation', { schema, name }, 'write', 'rows')
  }
  insideWith(fields, scope)
}

/** Statements in WITH that write. */
function insideWith(fields: Fields, scope: EffectScope): void {
  for (const entry of listOf(fieldsOf(fields['withClause'])['ctes'])) {
    const [kind, inner] = kindOf(nodeOf(entry, 'CommonTableExpr')?.['ctequery'])
    const reader = WRITERS[kind]
    reader?.(inner, { ...scope, rowwise: false })
  }
}

const WRITERS: Readonly<Record<string, EffectReader>> = { InsertStmt: insert, UpdateStmt: update, DeleteStmt: remove, MergeStmt: merge }
