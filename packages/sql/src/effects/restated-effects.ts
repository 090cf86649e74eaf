import type { ColumnFacet, ColumnSays, Effect } from '@yama/core'

/** What is changed where facets of a column are said anew, with what is done to the rows for it. */
export function restatedEffects(
  { object, schema, member }: { readonly object: string; readonly schema: string; readonly member: string },
  says: ColumnSays,
  facets: readonly ColumnFacet[],
  lets?: true,
): readonly Effect[] {
  return facets.flatMap((facet): readonly Effect[] => {
    const text = says[facet]
    const said = text === undefined ? {} : { says: text }
    const place = { object, schema, member, ...said, ...(facet === 'type' && lets === true ? { lets } : {}) }
    const change: Effect = { ...place, facet, access: 'write' }
    if (facet === 'type') return [change, { ...place, facet: 'rows', access: 'write', follows: facet }]
    if (facet !== 'null' || text === 'NULL') return [change]
    // Rows without a value refuse it.
    const reads: readonly Effect[] = [member, 'rows:all'].map((each) => ({
      object,
      schema,
      member: each,
      ...said,
      facet: 'rows',
      access: 'read',
      follows: facet,
    }))
    return [change, ...reads]
  })
}
