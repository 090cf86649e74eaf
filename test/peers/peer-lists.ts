import { alembicTraversal } from './alembic-traversal.ts'
import type { PeerList } from './behaviour.ts'
import { dbmate, flyway } from './dbmate-flyway.ts'
import { golangMigrate } from './golang-migrate.ts'
import { nodePgMigrate } from './node-pg-migrate.ts'
import { prismaApply, prismaDiagnose } from './prisma.ts'
import { prismaMark } from './prisma-mark.ts'

/** Every list of behaviours that peers publish. */
export const peerLists: readonly PeerList[] = [
  prismaApply,
  prismaDiagnose,
  prismaMark,
  alembicTraversal,
  nodePgMigrate,
  golangMigrate,
  dbmate,
  flyway,
]
