import { appliesTo } from '../field/overridden.ts'
import type { ViewData } from '../schema/types.ts'
import type { BuildContext } from './build-context.ts'
import type { Placed, ViewModel } from './model.ts'
import { namespaceOf } from './namespace-of.ts'

/** Undefined for a view of other databases, and for one without a query for this one. */
export function buildView(placed: Placed, data: ViewData, { dialect, report }: BuildContext): ViewModel | undefined {
  if (!appliesTo(data, dialect.kind)) return undefined
  const { source, path, name } = placed
  const { query: given } = data
  const own =
    typeof given === 'string' ? given : (given[dialect.kind] ?? (dialect.kind === 'mariadb' ? given.mysql : undefined) ?? given.default)
  if (own === undefined) {
    report.error(
      'YAMA_ENTITY_CONFLICT',
      {
        where: `The view ${name}`,
        problem: `it has no query for ${dialect.kind}`,
        fix: `Add \`default:\` or \`${dialect.kind}:\` to its query, or \`only:\` to the view.`,
      },
      source.keyAt([...path, 'query']),
    )
    return undefined
  }
  return {
    ...placed,
    data,
    schema: namespaceOf(data.schema, dialect),
    viewName: data.name ?? name,
    query: own.trim().replace(/;\s*$/, ''),
  }
}
