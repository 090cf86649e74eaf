import { join } from 'node:path'
import type { DatabaseKind, Dialect } from '@yama/core'
import { mariadb, mysql } from '@yama/mysql'
import { postgres } from '@yama/postgres'
import { sqlite } from '@yama/sqlite'
import { pgbouncerUrl } from '@yama/testkit'
import { everyDatabase, ofServer, type OwnDatabase } from '../runtime/every-database.ts'
import { contend, type Contention, type ContentionResult } from './contend.ts'

/** A kind of database on which several processes can run at once, and how they reach it. */
export interface ContentionPlace {
  readonly name: string
  readonly kind: DatabaseKind
  /** False through a pooler, which does not pass on what runs outside a transaction. */
  readonly alone: boolean
  open(directory: string): Promise<OwnDatabase>
}

const dialects = {
  postgres: (url: string) => postgres({ url }),
  mysql: (url: string) => mysql({ url }),
  mariadb: (url: string) => mariadb({ url }),
  sqlite: (url: string) => sqlite({ url }),
} satisfies Record<DatabaseKind, (url: string) => Dialect>

/** The dialect of an open database, as this process reaches it. */
export const dialectAt = ({ kind }: Pick<ContentionPlace, 'kind'>, url: string, directory: string): Dialect =>
  dialects[kind](kind === 'sqlite' ? `sqlite:${join(directory, 'test.db')}` : url)

/** Without PGlite: it has one process, and a second one is refused before it gets to any lock. */
export async function contentionPlaces(): Promise<readonly ContentionPlace[]> {
  const pooled = pgbouncerUrl()
  return [
    ...(await everyDatabase()).filter(({ name }) => name !== 'PGlite').map((place) => ({ ...place, alone: true })),
    ...(pooled === undefined
      ? []
      : [{ ...ofServer('PostgreSQL through PgBouncer', 'postgres', pooled, (url) => postgres({ url })), alone: false }]),
  ]
}

type Size = Pick<Contention, 'runners' | 'migrations' | 'kills' | 'seed'>

/** Runs a contention in a new database of the place. */
export async function contendOn(
  { kind, alone, open }: ContentionPlace,
  size: Size,
): Promise<{ readonly contention: Contention; readonly result: ContentionResult }> {
  await using database = await open('.')
  const { url } = database
  const contention: Contention = { ...size, kind, alone, url, dialect: (directory) => dialectAt({ kind }, url, directory) }
  return { contention, result: await contend(contention) }
}
