import type { Command, Connection, QueryResult } from '@yama/core'
import type { ColumnRow } from './column-row.ts'
import { attachedIndexesQuery, type AttachedRow } from './attached-indexes.ts'
import { columnsQuery } from './columns.ts'
import { compositeTypesQuery, type CompositeTypeRow } from './composite-types.ts'
import { constraintsQuery, type ConstraintRow } from './constraints.ts'
import { defaultPrivilegesQuery, type DefaultPrivilegeRow } from './default-privileges.ts'
import { dependenciesQuery, type DependencyRow } from './dependencies.ts'
import { domainsQuery, type DomainRow } from './domains.ts'
import { typesQuery, type TypeRow } from './enums.ts'
import { eventTriggersQuery, type EventTriggerRow } from './event-triggers.ts'
import { extensionsQuery, membersQuery, type ExtensionRow, type MemberRow } from './extensions.ts'
import { functionsQuery, type FunctionRow } from './functions.ts'
import { grantsQuery, type GrantRow } from './grants.ts'
import { indexesQuery, type IndexRow } from './indexes.ts'
import { objectsQuery, type ObjectRow } from './objects.ts'
import { policiesQuery, type PolicyRow } from './policies.ts'
import { publicationsQuery, type PublicationRow } from './publications.ts'
import { rangeTypesQuery, type RangeTypeRow } from './range-types.ts'
import { rulesQuery, type RuleRow } from './rules.ts'
import { schemasQuery, type SchemaRow } from './schemas.ts'
import { sequencesQuery, type SequenceRow } from './sequences.ts'
import { statisticsQuery, type StatisticsRow } from './statistics.ts'
import { tablesQuery, type TableRow } from './tables.ts'
import { triggersQuery, type TriggerRow } from './triggers.ts'
import { unmanagedQuery, type UnmanagedRow } from './unmanaged.ts'
import { viewsQuery, type ViewRow } from './views.ts'
import { NOTHING, presentIn, presentQuery, type Has, type Presence } from './present.ts'
import type { QueryScope } from './query-scope.ts'

export interface Families {
  readonly schemas: SchemaRow
  readonly extensions: ExtensionRow
  readonly members: MemberRow
  readonly types: TypeRow
  readonly domains: DomainRow
  readonly compositeTypes: CompositeTypeRow
  readonly rangeTypes: RangeTypeRow
  readonly objects: ObjectRow
  readonly tables: TableRow
  readonly attachedIndexes: AttachedRow
  readonly views: ViewRow
  readonly columns: ColumnRow
  readonly sequences: SequenceRow
  readonly constraints: ConstraintRow
  readonly indexes: IndexRow
  readonly functions: FunctionRow
  readonly triggers: TriggerRow
  readonly rules: RuleRow
  readonly policies: PolicyRow
  readonly statistics: StatisticsRow
  readonly publications: PublicationRow
  readonly eventTriggers: EventTriggerRow
  readonly grants: GrantRow
  readonly defaultPrivileges: DefaultPrivilegeRow
  readonly unmanaged: UnmanagedRow
  readonly dependencies: DependencyRow
}

type Query = (scope: QueryScope, has: Has) => string

/** Asks only where one of the words holds. */
const where =
  (query: Query, ...words: readonly Presence[]): Query =>
  (scope, has) =>
    words.some(has) ? query(scope, has) : NOTHING

const queries: { readonly [K in keyof Families]: Query } = {
  schemas: schemasQuery,
  extensions: extensionsQuery,
  members: membersQuery,
  types: typesQuery,
  domains: where(domainsQuery, 'type d'),
  compositeTypes: where(compositeTypesQuery, 'relation c'),
  rangeTypes: where(rangeTypesQuery, 'type r'),
  objects: objectsQuery,
  tables: tablesQuery,
  attachedIndexes: where(attachedIndexesQuery, 'partition'),
  views: where(viewsQuery, 'relation v', 'relation m'),
  columns: columnsQuery,
  sequences: where(sequencesQuery, 'relation S'),
  constraints: constraintsQuery,
  indexes: indexesQuery,
  functions: where(functionsQuery, 'pg_proc'),
  triggers: triggersQuery,
  rules: rulesQuery,
  policies: where(policiesQuery, 'pg_policy'),
  statistics: where(statisticsQuery, 'pg_statistic_ext'),
  publications: where(publicationsQuery, 'pg_publication'),
  eventTriggers: where(eventTriggersQuery, 'pg_event_trigger'),
  grants: grantsQuery,
  defaultPrivileges: where(defaultPrivilegesQuery, 'pg_default_acl'),
  unmanaged: unmanagedQuery,
  dependencies: dependenciesQuery,
}

/**
 * Settings that change how the server prints a name or a constant, at one value whatever database and role say: constants in
 * defaults and checks would otherwise differ between two databases that are equal. JIT costs more than it saves on catalogues.
 */
const PRINTING: Readonly<Record<string, string>> = {
  search_path: 'pg_catalog',
  standard_conforming_strings: 'on',
  quote_all_identifiers: 'off',
  timezone: "'UTC'",
  datestyle: "'ISO, YMD'",
  intervalstyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  xmlbinary: 'base64',
  lc_monetary: "'C'",
  jit: 'off',
}

/** One snapshot, read alike everywhere. */
const PREAMBLE: readonly string[] = [
  'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY',
  ...Object.entries(PRINTING).map(([name, value]) => `SET LOCAL ${name} = ${value}`),
]

/** Rows of each family, all of one snapshot. */
export type RowsOf = <K extends keyof Families>(family: K) => readonly Families[K][]

/**
 * Asks a fixed number of queries, sent as one batch in one read-only snapshot, however many tables there are. One that
 * comes before tells which of them have an answer at all. Rejects with the batch's failure.
 */
export async function readFamilies(connection: Connection, scope: QueryScope): Promise<RowsOf> {
  const inSnapshot = async (asked: readonly string[]): Promise<readonly QueryResult[]> => {
    const commands: Command[] = [...PREAMBLE, ...asked, presentQuery(scope)].map((sql) => ({ sql }))
    return (await connection.batch(commands, { transaction: true })).slice(PREAMBLE.length)
  }
  const read = async (present: ReadonlySet<string>): Promise<RowsOf> => {
    const asked = Object.entries(queries)
      .map(([family, query]) => ({ family, sql: query(scope, (word) => present.has(word)) }))
      .filter(({ sql }) => sql !== NOTHING)
    const results = await inSnapshot(asked.map(({ sql }) => sql))
    const found = presentIn(results.at(-1)?.rows[0])
    // Somebody has made the first of its kind meanwhile.
    if ([...found].some((word) => !present.has(word))) return read(found)

    const rows = new Map(asked.map(({ family }, index) => [family, results[index]?.rows ?? []]))
    return <K extends keyof Families>(family: K) => (rows.get(family) ?? []) as unknown as readonly Families[K][]
  }
  return read(presentIn((await inSnapshot([])).at(-1)?.rows[0]))
}
