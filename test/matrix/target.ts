import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connection, Dialect } from '@yama/core'
import { mariadb, mysql } from '@yama/mysql'
import { pglite, postgres } from '@yama/postgres'
import type { SchemaDialect, Scope, Scratch } from '@yama/schema'
import { sqlite } from '@yama/sqlite'
import { mysqlTargets, postgresTargets, type DatabaseTarget } from '@yama/testkit'
import { observeMysql, observePostgres, observeSqlite } from './observe.ts'

/** What a behaviour must answer for, `mysql` for MariaDB too; a database that is added here makes every case without an answer a compile error. */
export type MatrixKind = 'postgres' | 'sqlite' | 'mysql'

export const everything: Scope = { schemas: [], include: [], exclude: [] }

/** A database that is emptied before every case, and scratch databases that are emptied instead of made anew: starting one is what costs. */
export interface MatrixTarget extends AsyncDisposable {
  readonly name: string
  readonly kind: MatrixKind
  readonly dialect: Dialect
  readonly schema: SchemaDialect
  /** Empties the live database, history included. */
  reset(): Promise<void>
  /** The server's own catalogue as lines, without Yama's reader. */
  observe(connection: Connection): Promise<readonly string[]>
}

export interface Opening {
  readonly name: string
  readonly kind: MatrixKind
  readonly product?: 'mariadb'
  readonly open: () => Promise<MatrixTarget>
}

/**
 * Every case on every server takes most of an hour. By default the newest server stands for PostgreSQL, and MySQL and MariaDB share the cases in
 * which they are alike; YAMA_MATRIX=all takes every server for each case, and PGlite.
 */
export const takesAll = process.env['YAMA_MATRIX'] === 'all'
const servers = await postgresTargets()
const newest = servers.filter(({ driver }) => driver === 'pg').toSorted((a, b) => (b.major ?? 0) - (a.major ?? 0))[0] ?? servers[0]
const chosen = takesAll || newest === undefined ? servers : [newest]
if (chosen.length < servers.length) {
  const left = servers.filter((target) => !chosen.includes(target)).map(({ name }) => name)
  console.warn(`test/matrix leaves out ${left.join(', ')}: YAMA_MATRIX=all takes every server`)
}

const alike = await mysqlTargets()
const isMariadb = (target: DatabaseTarget): boolean => target.url.startsWith('mariadb:')
const shares = !takesAll && alike.some(isMariadb) && !alike.every(isMariadb)
if (shares) console.warn('test/matrix gives MySQL and MariaDB every other case: YAMA_MATRIX=all gives them all')

/** Whether a server takes the case at this place of a list, in which MySQL and MariaDB should behave alike. */
export const takesTurn = ({ kind, product }: Opening, index: number): boolean =>
  !shares || kind !== 'mysql' || index % 2 === (product === 'mariadb' ? 1 : 0)

export const targets: readonly Opening[] = [
  { name: 'SQLite', kind: 'sqlite', open: openSqlite },
  ...chosen.map((target): Opening => ({ name: target.name, kind: 'postgres', open: () => openPostgres(target) })),
  ...alike.map((target): Opening => {
    const kind = isMariadb(target) ? 'mariadb' : 'mysql'
    return { name: target.name, kind: 'mysql', ...(kind === 'mariadb' ? { product: kind } : {}), open: () => openMysql(target, kind) }
  }),
]

function schemaOf(dialect: Dialect): SchemaDialect {
  const { schema } = dialect.extensions
  if (schema === undefined) throw new Error('the dialect has no schema part')
  return schema
}

/** The dialect with scratch databases that are emptied and used again. */
function withReusedScratches(
  dialect: Dialect,
  allowUrl?: string,
): { readonly dialect: Dialect; readonly schema: SchemaDialect; readonly close: () => Promise<void> } {
  const schema = schemaOf(dialect)
  const free: Scratch[] = []
  const all: Scratch[] = []
  const take = async (): Promise<Scratch> => {
    let scratch = free.pop()
    if (scratch === undefined) {
      scratch = await (all[0] === undefined
        ? schema.scratch({ setup: [], ...(allowUrl === undefined ? {} : { allowUrl }) })
        : all[0].another())
      all.push(scratch)
    } else await schema.clear(scratch.connection, everything)
    const held = scratch
    return { ...held, another: take, [Symbol.asyncDispose]: () => Promise.resolve(void free.push(held)) }
  }
  const reusing: SchemaDialect = { ...schema, scratch: take }
  const close = async (): Promise<void> => {
    for (const scratch of all.toReversed()) await scratch[Symbol.asyncDispose]()
  }
  return { dialect: { ...dialect, extensions: { ...dialect.extensions, schema: reusing } }, schema: reusing, close }
}

async function openSqlite(): Promise<MatrixTarget> {
  const directory = mkdtempSync(join(tmpdir(), 'yama-matrix-sqlite-'))
  const file = join(directory, 'live.db')
  const { dialect, schema, close } = withReusedScratches(sqlite({ file }))
  return {
    name: 'SQLite',
    kind: 'sqlite',
    dialect,
    schema,
    reset: () => Promise.resolve(['', '-wal', '-shm', '-journal'].forEach((suffix) => rmSync(file + suffix, { force: true }))),
    observe: observeSqlite,
    [Symbol.asyncDispose]: async () => {
      await close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function openPostgres(target: DatabaseTarget): Promise<MatrixTarget> {
  const database = `yama_matrix_${randomBytes(4).toString('hex')}`
  const administer = async (sql: string): Promise<void> => {
    await using connection = await postgres({ url: target.url }).connect()
    await connection.execute(sql)
  }
  const embedded = target.driver === 'pglite'
  if (!embedded) await administer(`CREATE DATABASE ${database}`)
  const url = embedded ? target.url : Object.assign(new URL(target.url), { pathname: `/${database}` }).href
  const { dialect, schema, close } = withReusedScratches(embedded ? pglite() : postgres({ url }), embedded ? undefined : target.url)
  return {
    name: target.name,
    kind: 'postgres',
    dialect,
    schema,
    reset: async () => {
      await using connection = await dialect.connect()
      await schema.clear(connection, everything)
      await connection.execute('DROP SCHEMA IF EXISTS yama CASCADE')
    },
    observe: observePostgres,
    [Symbol.asyncDispose]: async () => {
      await close()
      if (!embedded) await administer(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
    },
  }
}

async function openMysql(target: DatabaseTarget, kind: 'mysql' | 'mariadb'): Promise<MatrixTarget> {
  const database = `yama_matrix_${randomBytes(4).toString('hex')}`
  const connectTo = (url: string): Dialect => (kind === 'mariadb' ? mariadb({ url }) : mysql({ url }))
  const administer = async (sql: string): Promise<void> => {
    await using connection = await connectTo(target.url).connect()
    await connection.execute(sql)
  }
  await administer(`CREATE DATABASE ${database} CHARACTER SET utf8mb4`)
  const url = Object.assign(new URL(target.url), { pathname: `/${database}` }).href
  const { dialect, schema, close } = withReusedScratches(connectTo(url), url)
  return {
    name: target.name,
    kind: 'mysql',
    dialect,
    schema,
    // The history of the case before goes with its database.
    reset: async () => {
      await administer(`DROP DATABASE ${database}`)
      await administer(`CREATE DATABASE ${database} CHARACTER SET utf8mb4`)
    },
    observe: observeMysql,
    [Symbol.asyncDispose]: async () => {
      await close()
      await administer(`DROP DATABASE IF EXISTS ${database}`)
    },
  }
}
