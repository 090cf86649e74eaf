import type { DatabaseKind } from '@yama/core'
import type { BodyTracker } from './body-tracker.ts'
import { mysqlBodies } from './mysql-bodies.ts'
import { postgresBodies } from './postgres-bodies.ts'
import { sqliteBodies } from './sqlite-bodies.ts'

const trackers = {
  postgres: postgresBodies,
  sqlite: sqliteBodies,
  mysql: mysqlBodies,
  mariadb: mysqlBodies,
} satisfies Record<DatabaseKind, () => BodyTracker>

/** The tracker of a database. */
export const trackerOf = (kind: DatabaseKind): BodyTracker => trackers[kind]()
