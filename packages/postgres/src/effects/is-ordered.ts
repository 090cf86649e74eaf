import { listOf, nameOf, walk, type Fields } from './ast.ts'

const AGGREGATES = new Set(['string_agg', 'array_agg', 'json_agg', 'jsonb_agg', 'json_object_agg', 'jsonb_object_agg', 'xmlagg'])

/** Whether a statement may differ with the order in which it finds rows. That it says `ORDER BY` does not tell of those which are equal there. */
export function isOrdered(fields: Fields): boolean {
  let found = fields['fromClause'] !== undefined && fields['targetList'] !== undefined && fields['relation'] !== undefined
  walk({ Statement: fields }, (kind, inner) => {
    if (inner['limitCount'] !== undefined || inner['onConflictClause'] !== undefined) found = true
    // `DISTINCT ON` holds expressions, `DISTINCT` an empty one.
    if (kind === 'SelectStmt' && listOf(inner['distinctClause']).some((each) => Object.keys(Object(each)).length > 0)) found = true
    if (kind !== 'FuncCall') return
    if (inner['over'] !== undefined || inner['agg_order'] !== undefined || AGGREGATES.has(nameOf(inner['funcname']).name)) found = true
    if (nameOf(inner['funcname']).name === 'nextval') found = true
  })
  return found
}
