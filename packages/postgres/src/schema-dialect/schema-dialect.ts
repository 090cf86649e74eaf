import type { Scratch, ScratchOptions, SchemaDialect } from '@yama/schema'
import { extract } from '../extract/extract.ts'
import { replaces } from '../rules/replaces.ts'
import { tablesMadeAnew } from '../rules/repartition.ts'
import { holdersOfTakenOver } from '../rules/replaces.ts'
import { rules } from '../rules/registry.ts'
import { clear } from '../scratch/clear.ts'
import { strategies } from '../strategies/registry.ts'
import { onRequest } from './on-request.ts'
import { forgetPlans } from './forget-plans.ts'
import { refusedBodies } from './refused-bodies.ts'
import { storage } from './storage.ts'
import { port } from '../port/port.ts'
import { defaultName } from '../types/default-name.ts'
import { identifier } from '../types/quoted.ts'
import { postgresTypes } from '../types/type-mapping.ts'

/** What the schema engine needs to know of PostgreSQL; the drivers differ in where they get scratch databases from. */
export function schemaDialect(scratch: (options: ScratchOptions) => Promise<Scratch>): SchemaDialect {
  return Object.freeze<SchemaDialect>({
    kind: 'postgres',
    defaultSchema: 'public',
    types: postgresTypes,
    port,
    rules,
    strategies,
    replaces,
    madeAnew: (context) => [...tablesMadeAnew(context), ...holdersOfTakenOver(context)],
    extract,
    scratch,
    clear,
    storage,
    refusedBodies,
    forgetPlans,
    onRequest,
    quote: identifier,
    defaultName,
    identifierLimit: 63,
  })
}
