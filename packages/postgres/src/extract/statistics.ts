import { objectId, type Fact } from '@yama/schema'
import { CATALOGUE, address, given, register, type Catalogue } from './catalogue.ts'
import type { QueryScope } from './query-scope.ts'

export interface StatisticsRow {
  readonly oid: number
  readonly relation: number
  readonly schema: string
  readonly name: string
  readonly definition: string
  readonly target: string | null
  readonly comment: string | null
}

export function statisticsQuery(scope: QueryScope): string {
  return `SELECT s.oid, s.stxrelid AS relation, n.nspname AS schema, s.stxname AS name, pg_get_statisticsobjdef(s.oid) AS definition,
      nullif(s.stxstattarget::int, -1)::text AS target, obj_description(s.oid, 'pg_statistic_ext') AS comment
    FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE s.stxnamespace IN (${scope.namespaces}) ORDER BY n.nspname, s.stxname`
}

const COLUMNS = /^(CREATE STATISTICS .*? ON )((?:(?:"(?:[^"]|"")+"|[a-z_][\w$]*)(?:, |(?= FROM )))+)/s

/** Its columns come in the order of the table's, which means nothing, and is another one in another database. */
export const inOrder = (definition: string): string =>
  definition.replace(COLUMNS, (_, start: string, columns: string) => {
    const names = [...columns.matchAll(/"(?:[^"]|"")+"|[^",\s]+/g)].map(([name]) => name)
    return `${start}${names.toSorted((one, other) => (one < other ? -1 : 1)).join(', ')}${columns.endsWith(', ') ? ', ' : ''}`
  })

export function addStatistics(catalogue: Catalogue, rows: readonly StatisticsRow[]): void {
  for (const row of rows) {
    const host = catalogue.byAddress.get(address(CATALOGUE.relation, row.relation))
    if (host === undefined) continue
    const fact: Fact<'statistics'> = {
      kind: 'statistics',
      id: objectId('statistics', row.schema, row.name),
      schema: row.schema,
      name: row.name,
      payload: { definition: inOrder(row.definition), ...given('target', row.target), ...given('comment', row.comment) },
      dependsOn: [],
    }
    register(catalogue, fact, [address(CATALOGUE.statistics, row.oid)]).uses.push(host)
  }
}
