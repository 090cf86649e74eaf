export { testkitErrors } from './errors/errors.ts'
export type { DatabaseTarget } from './servers/database-target.ts'
export { postgresTargets } from './servers/postgres-targets.ts'
