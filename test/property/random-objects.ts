import type { DatabaseKind } from '@yama/core'
import fc from 'fast-check'
import type { ObjectBlock } from './object-block.ts'
import { mysqlBlocks } from './object-blocks-mysql.ts'
import { postgresBlocks } from './object-blocks-postgres.ts'
import { sqliteBlocks } from './object-blocks-sqlite.ts'

/** Which version of each block; `0` is the first. */
export type ChosenObjects = readonly number[]

const BLOCKS: Readonly<Record<DatabaseKind, readonly ObjectBlock[]>> = {
  postgres: postgresBlocks,
  mysql: mysqlBlocks('mysql'),
  mariadb: mysqlBlocks('mariadb'),
  sqlite: sqliteBlocks,
}

/** Two schemas of every kind of object that the database has; most blocks are the same on both sides, as they are where people work. */
export const randomObjects: fc.Arbitrary<{ readonly a: ChosenObjects; readonly b: ChosenObjects }> = fc
  .array(fc.record({ one: fc.nat(11), other: fc.nat(11), same: fc.nat(2) }), { minLength: 48, maxLength: 48 })
  .map((list) => ({ a: list.map(({ one }) => one), b: list.map(({ one, other, same }) => (same === 0 ? other : one)) }))

/** The script of a choice. */
export function objectScript(chosen: ChosenObjects, kind: DatabaseKind): string {
  const made = new Set<string>()
  const statements: string[] = []
  for (const [at, { name, versions, needs = [] }] of BLOCKS[kind].entries()) {
    const sql = versions[(chosen[at] ?? 0) % versions.length] ?? ''
    if (sql === '' || needs.some((other) => !made.has(other))) continue
    made.add(name)
    statements.push(sql)
  }
  return statements.join('\n')
}
