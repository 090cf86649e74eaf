import { fieldsOf, kindOf, listOf, nodeOf, relationOf, textOf } from './ast.ts'
import { columnDefinition } from './column-definition.ts'
import { constraintEffects } from './constraint.ts'
import { createdIn } from './created-in.ts'
import type { EffectReader, EffectScope } from './effect-scope.ts'
import { partitionLinks } from './partition-links.ts'
import { queryReads } from './query-reads.ts'
import { typeReads } from './type-reads.ts'

/** `CREATE TABLE`, partitions and children included. */
export const createTable: EffectReader = (fields, scope) => {
  const { build } = scope
  const table = relationOf(fields['relation'])
  build.object('relation', table, 'add', 'exist')
  createdIn('relation', table, scope)
  if (fields['if_not_exists'] === true) build.idempotent()
  if (fields['ofTypename'] !== undefined) typeReads(fields['ofTypename'], scope)
  for (const element of listOf(fields['tableElts'])) {
    const [kind, inner] = kindOf(element)
    if (kind === 'ColumnDef') columnDefinition(inner, table, false, scope)
    else if (kind === 'Constraint') constraintEffects(inner, table, scope, [], false)
    else if (kind === 'TableLikeClause') {
      const other = relationOf(inner['relation'])
      if (Number(inner['options'] ?? 0) === 0) build.object('relation', other, 'read', 'exist', 'shape', 'null')
      else build.copied(other)
      // Which keys and columns that gives, only the other table says.
      build.object('relation', table, 'write', 'shape')
    } else build.unknown(`a table with ${kind} is not read`)
  }
  for (const constraint of listOf(fields['constraints'])) constraintEffects(nodeOf(constraint, 'Constraint') ?? {}, table, scope, [], false)
  // Columns that come together with those of a parent or a type are what they say there too.
  if (listOf(fields['inhRelations']).length > 0 || fields['ofTypename'] !== undefined) build.object('relation', table, 'write', 'shape')
  const isPartition = fields['partbound'] !== undefined
  for (const parent of listOf(fields['inhRelations'])) partitionLinks(table, relationOf(parent), isPartition, scope)
  for (const key of listOf(fieldsOf(fields['partspec'])['partParams'])) queryReads(key, scope, 'depends')
}

/** `CREATE TABLE … AS`, `CREATE MATERIALIZED VIEW`, `SELECT … INTO`. */
export const createTableAs: EffectReader = (fields, scope) => {
  const into = fieldsOf(fields['into'])
  const table = relationOf(into['rel'])
  const materialised = textOf(fields['objtype']) === 'OBJECT_MATVIEW'
  scope.build.object('relation', table, 'add', 'exist')
  createdIn('relation', table, scope)
  if (fields['if_not_exists'] === true) scope.build.idempotent()
  queryReads(fields['query'], scope, 'rows')
  if (materialised) refreshes(fields['query'], table, scope)
}

function refreshes(query: unknown, view: ReturnType<typeof relationOf>, scope: EffectScope): void {
  const inner = scope.nested()
  queryReads(query, inner, 'rows')
  scope.build.link('relation', view, 'delete', inner.build.done())
}
