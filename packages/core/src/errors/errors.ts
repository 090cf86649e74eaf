import { defineErrors } from './define-errors.ts'
import { configErrorSpecs } from './config-error-specs.ts'
import { graphErrorSpecs } from './graph-error-specs.ts'
import { planErrorSpecs } from './plan-error-specs.ts'
import { runErrorSpecs } from './run-error-specs.ts'
import { sourceErrorSpecs } from './source-error-specs.ts'
import { verifyErrorSpecs } from './verify-error-specs.ts'

/** Every error of core. Codes are permanent. */
export const coreErrors = defineErrors({
  ...graphErrorSpecs,
  ...planErrorSpecs,
  ...runErrorSpecs,
  ...configErrorSpecs,
  ...sourceErrorSpecs,
  ...verifyErrorSpecs,
})
