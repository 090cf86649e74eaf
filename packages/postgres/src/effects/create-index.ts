import { listOf, nodeOf, relationOf, textOf } from './ast.ts'
import { indexColumns } from './constraint.ts'
import type { EffectReader } from './effect-scope.ts'
import { judged } from './judged.ts'
import { queryReads } from './query-reads.ts'

/** `CREATE INDEX`. Only a unique one cares for the rows. */
export const createIndex: EffectReader = (fields, scope) => {
  const { build } = scope
  const table = relationOf(fields['relation'])
  const columns = indexColumns(fields['indexParams'])
  const unique = fields['unique'] === true
  const name = textOf(fields['idxname']) || [table.name, ...columns, ...(columns.length === 0 ? ['expr'] : []), 'idx'].join('_')
  build.object('relation', { schema: table.schema, name }, 'add', 'exist')
  build.object('relation', table, 'read', 'exist')
  if (fields['if_not_exists'] === true) build.idempotent()
  const included = indexColumns(fields['indexIncludingParams'])
  for (const column of [...columns, ...included])
    build.member('relation', table, `column:${column}`, 'read', 'type', ...(unique ? (['rows'] as const) : []))
  for (const param of listOf(fields['indexParams']))
    queryReads(nodeOf(param, 'IndexElem')?.['expr'], scope, unique ? 'rows' : 'depends', table)
  queryReads(fields['whereClause'], scope, unique ? 'rows' : 'depends', table)
  const plain = listOf(fields['indexParams']).every((param) => {
    const { name: column, collation, opclass } = nodeOf(param, 'IndexElem') ?? {}
    return column !== undefined && collation === undefined && opclass === undefined
  })
  const whole = fields['whereClause'] === undefined && fields['nulls_not_distinct'] !== true
  const serves = plain && whole ? columns : undefined
  build.named(table, `${unique ? 'constraint' : 'index'}:${name}`, serves)
  if (!unique) return
  build.key(table, `constraint:${name}`, serves)
  // An update of a column that it looks at meets it there.
  judged(table, scope, 'insert', 'unseen')
  build.member('relation', table, 'rows:all', 'read', 'rows')
}
