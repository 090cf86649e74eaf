export { mariadbRuntime, mysqlRuntime } from './dialect/create-runtime.ts'
export type { MysqlOptions, TlsSettings } from './dialect/dialect-options.ts'
