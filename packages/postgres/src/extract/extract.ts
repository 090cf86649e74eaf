import type { Connection } from '@yama/core'
import { factBase, type FactBase, type Scope } from '@yama/schema'
import { attachedNames } from './attached-indexes.ts'
import { CATALOGUE, address, createCatalogue, type Catalogue } from './catalogue.ts'
import { addColumns } from './columns.ts'
import { addConstraints } from './constraints.ts'
import { addDependencies, managedFacts, spreadUnmanaged, unmanagedObjects } from './dependencies.ts'
import { addDefaultPrivileges } from './default-privileges.ts'
import { addCompositeTypes } from './composite-types.ts'
import { addDomains } from './domains.ts'
import { addTypes } from './enums.ts'
import { addEventTriggers } from './event-triggers.ts'
import { addFunctions } from './functions.ts'
import { addGrants } from './grants.ts'
import { addExtensions } from './extensions.ts'
import { addIndexes } from './indexes.ts'
import { addObjects } from './objects.ts'
import { addPolicies } from './policies.ts'
import { addPublications } from './publications.ts'
import { addRangeTypes } from './range-types.ts'
import { addRules } from './rules.ts'
import { addStatistics } from './statistics.ts'
import { addTriggers } from './triggers.ts'
import { addSchemas } from './schemas.ts'
import { addSequences, ownedSequences } from './sequences.ts'
import { addTables } from './tables.ts'
import { addUnmanaged } from './unmanaged.ts'
import { addViews } from './views.ts'
import { readFamilies } from './families.ts'
import { queryScope, scopeFilter } from './query-scope.ts'
import type { SchemaRow } from './schemas.ts'

/** Part of the tag: raised when the facts of an unchanged database change their form. */
const FORMAT = 's5'

/**
 * Reads the schema as facts: a fixed number of catalogue queries in one read-only snapshot, however many tables there are.
 * Must not be called inside a transaction. Rejects with the batch's failure.
 */
export async function extract(connection: Connection, scope: Scope): Promise<FactBase> {
  const major = connection.server.major
  const rowsOf = await readFamilies(connection, queryScope(scope, major))
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
