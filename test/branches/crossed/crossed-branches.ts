import type { BranchKind } from '../random-branch.ts'
import type { CrossedSet } from './crossed-set.ts'
import { crossedMysql } from './crossed-mysql.ts'
import { crossedPostgres } from './crossed-postgres.ts'
import { crossedSqlite } from './crossed-sqlite.ts'

export const crossedBranches: Readonly<Record<BranchKind, CrossedSet>> = {
  sqlite: crossedSqlite,
  postgres: crossedPostgres,
  mysql: crossedMysql,
}
