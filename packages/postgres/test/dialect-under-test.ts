import type { SchemaDialect } from '@yama/schema'
import { extract } from '../src/extract/extract.ts'
import { replaces } from '../src/rules/replaces.ts'
import { rules } from '../src/rules/registry.ts'
import { strategies } from '../src/strategies/registry.ts'
import { defaultName } from '../src/types/default-name.ts'
import { identifier } from '../src/types/quoted.ts'
import { types } from '../src/types/type-mapping.ts'

const notHere = (): never => {
  throw new Error('not part of these tests')
}

/** The schema side of the dialect, without connections and scratch databases. */
export const schemaDialect: SchemaDialect = {
  kind: 'postgres',
  defaultSchema: 'public',
  types,
  rules,
  strategies,
  replaces,
  extract,
  scratch: notHere,
  clear: notHere,
  quote: identifier,
  defaultName,
  identifierLimit: 63,
}
