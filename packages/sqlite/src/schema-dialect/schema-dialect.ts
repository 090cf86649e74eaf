import type { SchemaDialect } from '@yama/schema'
import { derivedName } from '../extract/constraint-name.ts'
import { extract } from '../extract/extract.ts'
import { port } from '../port/port.ts'
import { replaces } from '../rules/replaces.ts'
import { rules } from '../rules/registry.ts'
import { clear } from '../scratch/clear.ts'
import { emptyTables } from '../scratch/empty-tables.ts'
import { scratch } from '../scratch/scratch.ts'
import { strategies } from '../strategies/registry.ts'
import { quoteName } from '../text/names.ts'
import { types } from '../types/type-mapping.ts'

/** What the schema engine needs to know of SQLite. */
export const schemaDialect: SchemaDialect = Object.freeze<SchemaDialect>({
  kind: 'sqlite',
  defaultSchema: '',
  types,
  port,
  rules,
  strategies,
  foreignKeysInline: true,
  constraintNamesStay: true,
  columnsIgnoreCase: true,
  tablesIgnoreCase: true,
  replaces,
  extract,
  scratch,
  clear,
  emptyTables,
  quote: quoteName,
  defaultName: (kind, table, columns) => (kind === 'index' ? `${table}_${columns.join('_')}_idx` : derivedName(kind, columns)),
  // SQLite has no limit of its own; longer names than other servers take help nobody.
  identifierLimit: 255,
})
