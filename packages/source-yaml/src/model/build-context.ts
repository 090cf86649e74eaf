import type { SchemaDialect } from '@yama/schema'
import type { Report } from '../errors/report.ts'
import type { Naming } from './naming.ts'

/** What everything that builds the model looks at, and where it reports mistakes. */
export interface BuildContext {
  readonly dialect: SchemaDialect
  readonly naming: Naming
  readonly report: Report
}
