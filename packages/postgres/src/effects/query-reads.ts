import { fieldsOf, kindOf, listOf, nameOf, nodeOf, relationOf, stringOf, textOf, walk, type Fields } from './ast.ts'
import type { EffectScope } from './effect-scope.ts'
import type { ObjectName } from '@yama/sql'
import { typeReads } from './type-reads.ts'

/** `rows`: the statement is run and sees data. `depends`: it is kept, as a view or a default, and depends on names and types. */
export type ReadMode = 'rows' | 'depends'

interface Found {
  /** By alias, or by name where there is none. */
  readonly relations: Map<string, ObjectName>
  readonly columns: { readonly qualifier: string; readonly name: string }[]
  readonly functions: ObjectName[]
  readonly whole: Set<string>
}

/**
 * Reads everything that an expression or query refers to. A column without a table is taken for a column of every table of the
 * statement, for only the server knows whose it is. `own` is the table that an expression without FROM speaks of.
 */
export function queryReads(node: unknown, { build }: EffectScope, mode: ReadMode, own?: ObjectName): void {
  const found = gather(node)
  if (own !== undefined) found.relations.set('', own)
  for (const relation of found.relations.values()) {
    build.object('relation', relation, 'read', 'exist')
    if (mode === 'depends' || relation === own) continue
    build.object('relation', relation, 'read', 'exist')
    build.member('relation', relation, 'rows:all', 'read', 'rows')
  }
  for (const { qualifier, name } of found.columns) {
    for (const relation of owners(found, qualifier))
      build.member('relation', relation, `column:${name}`, 'read', ...(mode === 'rows' ? (['rows', 'type'] as const) : (['type'] as const)))
  }
  for (const alias of found.whole)
    for (const relation of owners(found, alias))
      build.object('relation', relation, 'read', ...(mode === 'rows' ? (['shape', 'rows'] as const) : (['shape'] as const)))
  for (const name of found.functions) {
    build.object('function', name, 'read', 'definition', ...(mode === 'rows' ? (['rows'] as const) : []))
  }
}

function owners({ relations }: Found, qualifier: string): readonly ObjectName[] {
  if (qualifier === '') return [...relations.values()]
  const known = relations.get(qualifier)
  return known === undefined ? [] : [known]
}

function gather(node: unknown): Found {
  const found: Found = { relations: new Map(), columns: [], functions: [], whole: new Set() }
  const common = new Set<string>()
  walk(node, (kind, fields) => {
    if (kind === 'CommonTableExpr') common.add(textOf(fields['ctename']))
  })
  walk(node, (kind, fields) => {
    if (kind === 'RangeVar') {
      const relation = relationOf(fields)
      if (relation.schema === '' && common.has(relation.name)) return
      found.relations.set(textOf(fieldsOf(fields['alias'])['aliasname']) || relation.name, relation)
    } else if (kind === 'ColumnRef') column(fields, found)
    else if (kind === 'FuncCall') called(fields, found)
    else if (kind === 'TypeCast') literalRelation(fields, found)
  })
  return found
}

function column(fields: Fields, { columns, whole }: Found): void {
  const parts = listOf(fields['fields'])
  const last = parts.at(-1)
  const qualifier = parts.length < 2 ? '' : stringOf(parts.at(-2))
  if (kindOf(last)[0] === 'A_Star') whole.add(qualifier)
  else {
    columns.push({ qualifier, name: stringOf(last) })
    // `row_to_json(t)`: a name alone may be a table's whole row.
    if (qualifier === '') whole.add(stringOf(last))
  }
}

/** Sequences are named in the text of `nextval('s')`. */
const SEQUENCES = new Set(['nextval', 'setval', 'currval'])

function called(fields: Fields, { functions, relations }: Found): void {
  const name = nameOf(fields['funcname'])
  functions.push(name)
  if (!SEQUENCES.has(name.name)) return
  const relation = literalName(listOf(fields['args'])[0])
  if (relation !== undefined) relations.set(`sequence ${relation.name}`, relation)
}

function literalRelation(fields: Fields, { relations }: Found): void {
  if (nameOf(fieldsOf(fields['typeName'])['names']).name !== 'regclass') return
  const relation = literalName(fields['arg'])
  if (relation !== undefined) relations.set(`literal ${relation.name}`, relation)
}

/** The object that a text literal names, `'app.users'::regclass`. */
export function literalName(node: unknown): ObjectName | undefined {
  const cast = nodeOf(node, 'TypeCast')
  if (cast !== undefined) return literalName(cast['arg'])
  const text = textOf(fieldsOf(nodeOf(node, 'A_Const')?.['sval'])['sval'])
  const match = /^(?:"?([^".]+)"?\.)?"?([^".]+)"?$/.exec(text)
  return match === null ? undefined : { schema: match[1] ?? '', name: match[2] ?? '' }
}

/** Types that casts and definitions below the node name. */
export function namedTypes(node: unknown, scope: EffectScope): void {
  walk(node, (kind, fields) => {
    if (kind === 'TypeName') typeReads(fields, scope)
  })
}
