import type { Effect } from '@yama/core'
import { recordForeignKey, type ObjectName } from '@yama/sql'
import { listOf, nodeOf, relationOf, stringOf, textOf, type Fields } from './ast.ts'
import type { EffectScope } from './effect-scope.ts'
import { judged } from './judged.ts'
import { namedTypes, queryReads } from './query-reads.ts'

const SUFFIX: Readonly<Record<string, string>> = {
  CONSTR_PRIMARY: 'pkey',
  CONSTR_UNIQUE: 'key',
  CONSTR_FOREIGN: 'fkey',
  CONSTR_CHECK: 'check',
  CONSTR_EXCLUSION: 'excl',
}

/** A constraint that is added: beside it, what it needs of its columns and rows. `columns` where it stands at a column. */
export function constraintEffects(fields: Fields, table: ObjectName, scope: EffectScope, columns: readonly string[], over: boolean): void {
  const { build } = scope
  const kind = textOf(fields['contype'])
  // CONSTR_ATTR_…: a word such as DEFERRABLE after another constraint.
  if (kind.startsWith('CONSTR_ATTR')) return
  const keys = namesOf(fields[kind === 'CONSTR_FOREIGN' ? 'fk_attrs' : 'keys'])
  const own = keys.length === 0 ? columns : keys
  const name = textOf(fields['conname']) || defaultName(table.name, kind, own)
  const index = textOf(fields['indexname'])
  const isPlain = kind !== 'CONSTR_EXCLUSION' && fields['deferrable'] !== true && fields['nulls_not_distinct'] !== true && index === ''
  const plain = isPlain && own.length > 0 ? own : undefined
  build.named(table, `constraint:${name}`, kind === 'CONSTR_FOREIGN' || kind === 'CONSTR_CHECK' ? [] : plain)
  // What changes a column that it looks at meets it there, where it looks at the rows.
  const looks = over && kind !== 'CONSTR_EXCLUSION' && fields['skip_validation'] !== true
  judged(table, scope, 'insert', looks ? 'unseen' : 'update')
  for (const column of own) build.member('relation', table, `column:${column}`, 'read', 'type', ...(over ? (['rows'] as const) : []))
  if (kind === 'CONSTR_CHECK') {
    queryReads(fields['raw_expr'], scope, looks ? 'rows' : 'depends', table)
    namedTypes(fields['raw_expr'], scope)
    runs(fields['raw_expr'], table, scope)
    if (over) build.member('relation', table, 'rows:all', 'read', 'rows')
  } else if (kind === 'CONSTR_FOREIGN') foreignKey(fields, table, own, over, scope)
  else if (SUFFIX[kind] !== undefined) {
    build.key(table, `constraint:${name}`, plain)
    if (over) build.member('relation', table, 'rows:all', 'read', 'rows')
    if (index === '') build.object('relation', { schema: table.schema, name }, 'add', 'exist')
    else build.object('relation', { schema: table.schema, name: index }, 'write', 'exist')
    if (kind !== 'CONSTR_PRIMARY') return
    build.member('relation', table, 'constraint:primary key', 'add', 'exist')
    for (const column of own) build.member('relation', table, `column:${column}`, 'write', 'null')
  } else build.object('relation', table, 'write', 'shape')
}

/** The names that the server gives. */
export const defaultName = (table: string, kind: string, columns: readonly string[]): string =>
  [table, ...(kind === 'CONSTR_PRIMARY' ? [] : columns), SUFFIX[kind] ?? ''].join('_')

const namesOf = (list: unknown): readonly string[] => listOf(list).map(stringOf)

/** As the tree writes them: CASCADE, SET NULL, SET DEFAULT. */
const ACTIONS: Readonly<Record<string, 'removes' | 'changes'>> = { c: 'removes', n: 'changes', d: 'changes' }

function foreignKey(fields: Fields, table: ObjectName, columns: readonly string[], over: boolean, { build }: EffectScope): void {
  const target = relationOf(fields['pktable'])
  build.object('relation', target, 'read', 'exist')
  const targets = namesOf(fields['pk_attrs'])
  build.needsKey(target, targets)
  for (const column of targets) build.member('relation', target, `column:${column}`, 'read', 'type')
  if (over) {
    for (const of of [table, target]) build.member('relation', of, 'rows:all', 'read', 'rows')
    for (const column of targets) build.member('relation', target, `column:${column}`, 'read', 'rows')
  }
  // A table is not emptied while a key refers to it, an empty one neither.
  build.member('relation', target, 'on:truncate', 'add', 'definition')
  const [onDelete = 'stops', onUpdate = 'stops'] = [fields['fk_del_action'], fields['fk_upd_action']].map(
    (action) => ACTIONS[textOf(action)],
  )
  recordForeignKey(build, { table, columns, target, targets, onDelete, onUpdate: onUpdate === 'stops' ? 'stops' : 'changes' })
}

/** From now on whoever writes rows runs the functions of the expression. */
export function runs(expression: unknown, table: ObjectName, scope: EffectScope): void {
  const functions = functionsRun(expression, scope)
  if (functions.length === 0) return
  for (const when of ['insert', 'update'] as const) scope.build.rowLink(table, when, functions)
}

/** The functions of an expression, which run whenever it is asked. */
export function functionsRun(expression: unknown, scope: EffectScope): readonly Effect[] {
  const inner = scope.nested()
  queryReads(expression, inner, 'rows')
  return inner.build.done().effects.filter(({ object, schema }) => object.startsWith('function:') && schema !== 'pg_catalog')
}

/** The columns of an index; an expression has none. */
export const indexColumns = (params: unknown): readonly string[] =>
  listOf(params).flatMap((param) => {
    const name = textOf(nodeOf(param, 'IndexElem')?.['name'])
    return name === '' ? [] : [name]
  })
