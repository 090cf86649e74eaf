import { defineErrors } from '@yama/core'
import { connectErrorSpecs } from './connect-error-specs.ts'
import { runtimeErrorSpecs } from './runtime-error-specs.ts'
import { schemaErrorSpecs } from './schema-error-specs.ts'
import { scratchErrorSpecs } from './scratch-error-specs.ts'

/** Every error of the PostgreSQL dialect. Codes are permanent. */
export const postgresErrors = defineErrors({ ...connectErrorSpecs, ...runtimeErrorSpecs, ...schemaErrorSpecs, ...scratchErrorSpecs })
