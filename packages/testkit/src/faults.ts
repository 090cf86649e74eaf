export { faultDialect, type FaultPoint, type FaultWatcher } from './faults/fault-dialect.ts'
export { memorySource } from './build/memory-source.ts'
export { sqlMigration, type SqlMigrationOptions } from './build/sql-migration.ts'
