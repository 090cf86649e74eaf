import type { Scratch, SchemaDialect, ScratchOptions } from '@yama/schema'
import { extract } from '../extract/extract.ts'
import { replaces } from '../rules/replaces.ts'
import { portOf } from '../port/port.ts'
import { rulesOf } from '../rules/registry.ts'
import { clear } from '../scratch/clear.ts'
import { strategies } from '../strategies/registry.ts'
import { quoteName } from '../text/names.ts'
import { defaultName } from '../types/default-name.ts'
import { typesOf } from '../types/type-mapping.ts'

/** What the schema engine needs to know of MySQL and MariaDB; which of the two decides over types and sequences. */
export function schemaDialect(kind: 'mysql' | 'mariadb', scratch: (options: ScratchOptions) => Promise<Scratch>): SchemaDialect {
  return Object.freeze<SchemaDialect>({
    kind,
    // A schema is a database, and a connection sees the one that it is in.
    defaultSchema: '',
    foreignKeysIndexed: true,
    columnsIgnoreCase: true,
    types: typesOf(kind),
    port: portOf(kind),
    rules: rulesOf(kind),
    strategies,
    replaces,
    extract,
    scratch,
    clear,
    quote: quoteName,
    defaultName,
    identifierLimit: 64,
    identifierUnit: 'characters',
  })
}
