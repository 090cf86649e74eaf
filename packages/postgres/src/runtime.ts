export { postgresRuntime } from './dialect/create-runtime.ts'
export type { PostgresOptions, SharedOptions } from './dialect/dialect-options.ts'
export type { ServerNotice } from './dialect/drivers/wire.ts'
