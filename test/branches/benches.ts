import { randomBytes } from 'node:crypto'
import type { Dialect } from '@yama/core'
import { mariadb, mysql } from '@yama/mysql'
import { postgres } from '@yama/postgres'
import { sqlite } from '@yama/sqlite'
import { mysqlTargets, postgresTargets } from '@yama/testkit'
import { emptyStart, openBranchBench, randomStart, type BranchBench } from './both-orders.ts'
import { crossedBranches } from './crossed/crossed-branches.ts'
import type { BranchKind } from './random-branch.ts'

export interface BranchPlace {
  readonly name: string
  /** With the tables that random branches start from, or with none, or with those of the crossed ones. */
  readonly open: (start?: Start) => Promise<BranchBench & AsyncDisposable>
}

/** One database of each kind that is here: SQLite in memory, the newest PostgreSQL, MariaDB and MySQL. */
export async function openBranchBenches(only?: string): Promise<readonly BranchPlace[]> {
  const servers = (await postgresTargets()).filter(({ driver }) => driver === 'pg').sort((a, b) => (b.major ?? 0) - (a.major ?? 0))
  const places = [
    { key: 'sqlite', name: 'SQLite', open: (start?: Start) => inScratch('sqlite', sqlite({ url: 'sqlite::memory:' }), start) },
    ...servers
      .slice(0, 1)
      .map(({ name, url }) => ({ key: 'postgres', name, open: (start?: Start) => inScratch('postgres', postgres({ url }), start, url) })),
    ...(await mysqlTargets()).map(({ name, url }) => {
      const key = url.startsWith('mariadb:') ? 'mariadb' : 'mysql'
      const withDatabase = `${url.replace(/\/$/, '')}/yama_branches_${randomBytes(4).toString('hex')}`
      const dialect = (key === 'mariadb' ? mariadb : mysql)({ url: withDatabase })
      return { key, name, open: (start?: Start) => inScratch('mysql', dialect, start, url) }
    }),
  ]
  return places.filter(({ key }) => only === undefined || only === key)
}

type Start = 'empty' | 'crossed'

async function inScratch(
  kind: BranchKind,
  dialect: Dialect,
  start: Start | undefined,
  allowUrl?: string,
): Promise<BranchBench & AsyncDisposable> {
  const scratch = await dialect.extensions.schema?.scratch({ setup: [], ...(allowUrl === undefined ? {} : { allowUrl }) })
  if (scratch === undefined) throw new Error('the dialect has no schema part')
  const { base, own } = start === 'empty' ? emptyStart : start === 'crossed' ? crossedBranches[kind] : randomStart(kind)
  const bench = await openBranchBench(kind, dialect, scratch.connection, { base, own })
  return { ...bench, [Symbol.asyncDispose]: async () => await scratch[Symbol.asyncDispose]() }
}
