export { sqlite, type SqliteOptions } from './dialect/create-dialect.ts'
export type { SqliteLocation } from './dialect/parse-url.ts'
export { sqliteErrors } from './errors/errors.ts'
