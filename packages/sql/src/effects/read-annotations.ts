import type { Effect } from '@yama/core'

const LINE = /^\s*(?:--|\/\/|#)\s*yama:(reads|writes)\s+(\S.*)$/gm

/**
 * The effects that a file states for what cannot be read: `-- yama:writes orders.total, audit_log`. Undefined where it states none.
 * A table alone means its rows and its columns, `table.column` that column; `schema.table.column` is understood too.
 */
export function readAnnotations(body: string): readonly Effect[] | undefined {
  const effects: Effect[] = []
  for (const [, access, list = ''] of body.matchAll(LINE)) {
    for (const name of list.split(',').map((part) => part.trim().toLowerCase())) {
      if (name === '') continue
      effects.push(...effectsOfName(name, access === 'writes' ? 'write' : 'read'))
    }
  }
  return effects.length === 0 ? undefined : effects
}

function effectsOfName(name: string, access: 'read' | 'write'): readonly Effect[] {
  const parts = name.split('.')
  const [schema, table, column] = parts.length > 2 ? [parts[0], parts[1], parts.slice(2).join('.')] : ['', parts[0], parts[1]]
  const place = { object: `relation:${table ?? ''}`, schema: schema ?? '', ...(column === undefined ? {} : { member: `column:${column}` }) }
  const facets = column === undefined ? (['rows', 'shape'] as const) : (['rows', 'type'] as const)
  return facets.map((facet) => ({ ...place, facet, access }))
}
