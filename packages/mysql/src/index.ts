export { mysqlErrors } from './errors/errors.ts'
