import { attachedIndexesQuery, attachedNames, type AttachedRow } from './attached-indexes.ts'
import type { ColumnRow } from './column-row.ts'
import type { Command, Connection } from '@yama/core'
import { factBase, type FactBase, type Scope } from '@yama/schema'
import { CATALOGUE, address, createCatalogue, type Catalogue } from './catalogue.ts'
import { addColumns, columnsQuery } from './columns.ts'
import { addConstraints, constraintsQuery, type ConstraintRow } from './constraints.ts'
import { addDependencies, dependenciesQuery, managedFacts, spreadUnmanaged, unmanagedObjects, type DependencyRow } from './dependencies.ts'
import { addDefaultPrivileges, defaultPrivilegesQuery, type DefaultPrivilegeRow } from './default-privileges.ts'
import { addCompositeTypes, compositeTypesQuery, type CompositeTypeRow } from './composite-types.ts'
import { addDomains, domainsQuery, type DomainRow } from './domains.ts'
import { addTypes, typesQuery, type TypeRow } from './enums.ts'
import { addEventTriggers, eventTriggersQuery, type EventTriggerRow } from './event-triggers.ts'
import { addFunctions, functionsQuery, type FunctionRow } from './functions.ts'
import { addGrants, grantsQuery, type GrantRow } from './grants.ts'
import { addExtensions, extensionsQuery, membersQuery, type ExtensionRow, type MemberRow } from './extensions.ts'
import { addIndexes, indexesQuery, type IndexRow } from './indexes.ts'
import { addObjects, objectsQuery, type ObjectRow } from './objects.ts'
import { addPolicies, policiesQuery, type PolicyRow } from './policies.ts'
import { addPublications, publicationsQuery, type PublicationRow } from './publications.ts'
import { addRangeTypes, rangeTypesQuery, type RangeTypeRow } from './range-types.ts'
import { addRules, rulesQuery, type RuleRow } from './rules.ts'
import { addStatistics, statisticsQuery, type StatisticsRow } from './statistics.ts'
import { addTriggers, triggersQuery, type TriggerRow } from './triggers.ts'
import { queryScope, scopeFilter, type QueryScope } from './query-scope.ts'
import { addSchemas, schemasQuery, type SchemaRow } from './schemas.ts'
import { addSequences, ownedSequences, sequencesQuery, type SequenceRow } from './sequences.ts'
import { addTables, tablesQuery, type TableRow } from './tables.ts'
import { addUnmanaged, unmanagedQuery, type UnmanagedRow } from './unmanaged.ts'
import { addViews, viewsQuery, type ViewRow } from './views.ts'

/** Part of the tag: raised when the facts of an unchanged database change their form. */
const FORMAT = 's5'

interface Families {
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

const queries: { readonly [K in keyof Families]: (scope: QueryScope) => string } = {
  schemas: schemasQuery,
  extensions: extensionsQuery,
  members: membersQuery,
  types: typesQuery,
  domains: domainsQuery,
  compositeTypes: compositeTypesQuery,
  rangeTypes: rangeTypesQuery,
  objects: objectsQuery,
  tables: tablesQuery,
  attachedIndexes: attachedIndexesQuery,
  views: viewsQuery,
  columns: columnsQuery,
  sequences: sequencesQuery,
  constraints: constraintsQuery,
  indexes: indexesQuery,
  functions: functionsQuery,
  triggers: triggersQuery,
  rules: rulesQuery,
  policies: policiesQuery,
  statistics: statisticsQuery,
  publications: publicationsQuery,
  eventTriggers: eventTriggersQuery,
  grants: grantsQuery,
  defaultPrivileges: defaultPrivilegesQuery,
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

/**
 * Reads the schema as facts: a fixed number of catalogue queries, sent as one batch in one read-only snapshot, however
 * many tables there are. Must not be called inside a transaction. Rejects with the batch's failure.
 */
export async function extract(connection: Connection, scope: Scope): Promise<FactBase> {
  const major = connection.server.major
  const querying = queryScope(scope, major)
  const families = Object.keys(queries) as (keyof Families)[]
  const commands: Command[] = [...PREAMBLE, ...families.map((family) => queries[family](querying))].map((sql) => ({ sql }))
  const results = await connection.batch(commands, { transaction: true })
  const rowsOf = <K extends keyof Families>(family: K): readonly Families[K][] =>
    (results[PREAMBLE.length + families.indexOf(family)]?.rows ?? []) as unknown as readonly Families[K][]

  const admits = scopeFilter(scope)
  const catalogue = createCatalogue()
  addSchemas(catalogue, rowsOf('schemas'))
  addExtensions(catalogue, rowsOf('extensions'), rowsOf('members'))
  addTypes(catalogue, rowsOf('types'), admits)
  addDomains(catalogue, rowsOf('domains'), admits)
  addCompositeTypes(catalogue, rowsOf('compositeTypes'), admits)
  addRangeTypes(catalogue, rowsOf('rangeTypes'), admits)
  addObjects(catalogue, rowsOf('objects'), admits)
  addTables(catalogue, rowsOf('tables'), attachedNames(rowsOf('attachedIndexes')), admits)
  addViews(catalogue, rowsOf('views'), admits, major)
  const columns = rowsOf('columns')
  const owned = ownedSequences(catalogue, rowsOf('sequences'), columns)
  addColumns(catalogue, columns, owned)
  addSequences(catalogue, rowsOf('sequences'), owned, admits)
  addConstraints(catalogue, rowsOf('constraints'))
  addIndexes(catalogue, rowsOf('indexes'))
  addFunctions(catalogue, rowsOf('functions'), admits)
  addTriggers(catalogue, rowsOf('triggers'))
  addRules(catalogue, rowsOf('rules'))
  addPolicies(catalogue, rowsOf('policies'))
  addStatistics(catalogue, rowsOf('statistics'))
  addPublications(catalogue, rowsOf('publications'))
  addEventTriggers(catalogue, rowsOf('eventTriggers'))
  addGrants(catalogue, rowsOf('grants'))
  addDefaultPrivileges(catalogue, rowsOf('defaultPrivileges'))
  addUnmanaged(catalogue, rowsOf('unmanaged'))
  addDependencies(catalogue, rowsOf('dependencies'))
  addSchemaDependencies(catalogue, rowsOf('schemas'))
  spreadUnmanaged(catalogue.nodes)
  return factBase(`pg${major}:${FORMAT}`, managedFacts(catalogue.nodes), unmanagedObjects(catalogue.nodes))
}

/** Whatever is in a schema needs it, managed or not; members of a table need it through the table. */
function addSchemaDependencies(catalogue: Catalogue, rows: readonly SchemaRow[]): void {
  const byName = new Map(rows.map((row) => [row.name, catalogue.byAddress.get(address(CATALOGUE.namespace, row.oid))]))
  for (const node of catalogue.nodes) {
    if (node.fact?.parent !== undefined) continue
    // The name of an unmanaged object starts with its schema; what belongs to the whole database has no dot in front.
    const schema = node.fact?.schema ?? node.unmanaged?.name.split('.', 1)[0] ?? ''
    const home = byName.get(schema)
    if (home !== undefined) node.uses.push(home)
  }
}
