import { fieldsOf, kindOf, listOf, nameOf, nodeOf, relationOf, stringOf, textOf, walk, type Fields } from './ast.ts'
import type { EffectScope } from './effect-scope.ts'
import { noReads, recordReads, type FoundReads, type ObjectName, type ReadMode } from '@yama/sql'
import { typeReads } from './type-reads.ts'

/**
 * Reads everything that an expression or query refers to; `own` is the table that an expression without FROM speaks of, `rowwise` one of
 * which each row is looked at alone.
 */
export function queryReads(node: unknown, { build }: EffectScope, mode: ReadMode, own?: ObjectName, rowwise?: ObjectName): void {
  recordReads(gather(node), build, mode, own, rowwise)
}

function gather(node: unknown): FoundReads {
  const found = noReads()
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

function column(fields: Fields, { columns, whole }: FoundReads): void {
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

function called(fields: Fields, { functions, relations, taken }: FoundReads): void {
  const name = nameOf(fields['funcname'])
  functions.push(name)
  const [first, second] = listOf(fields['args'])
  const relation = literalName(first)
  if (relation === undefined) return
  if (SEQUENCES.has(name.name)) relations.set(`sequence ${relation.name}`, relation)
  if (SEQUENCES.has(name.name) && name.name !== 'currval') taken.push({ of: relation })
  // It stands for the sequence behind a column, whose number is as good as a row of it.
  const column = name.name === 'pg_get_serial_sequence' ? literalName(second) : undefined
  if (column !== undefined) taken.push({ of: relation, column: column.name })
}

function literalRelation(fields: Fields, { relations }: FoundReads): void {
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
    else if (kind === 'TypeCast') typeReads(fields['typeName'], scope)
  })
}
