export { mariadb, mysql } from './dialect/create-dialect.ts'
export type { MysqlOptions, TlsSettings } from './dialect/dialect-options.ts'
export { mysqlErrors } from './errors/errors.ts'
