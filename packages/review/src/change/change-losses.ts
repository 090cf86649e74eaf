import { commitGroups, planLosses, type DataLoss, type Dialect } from '@yama/core'
import type { ChangedMigration } from './changed-migrations.ts'

/** What the statements of a change lose, as `yama plan` tells it: what the change itself has made before holds nobody's data. */
export const changeLosses = (changed: readonly ChangedMigration[], dialect: Dialect): readonly DataLoss[] =>
  planLosses(
    changed.map(({ migration }) => ({
      node: { migration, parents: [], children: [], link: '', level: 0 },
      direction: 'up',
      groups: commitGroups(migration, 'up', migration.up, dialect),
      fromHistory: false,
    })),
  )
