import type { Connection, Dialect, Migration } from '@yama/core'
import type { SchemaDialect, Scope } from '@yama/schema'
import { observeMysql, observePostgres, observeSqlite } from '../matrix/observe.ts'
import { observeMore } from './observe-more.ts'
import { baseStatements, numberedStatements, type BranchKind } from './random-branch.ts'

const scope: Scope = { schemas: [], include: [], exclude: [] }

/** A database that is brought back to the base before every run. */
export interface BranchBench {
  readonly kind: BranchKind
  readonly dialect: Dialect
  readonly schema: SchemaDialect
  readonly connection: Connection
  /** What is made in each run, on the base. */
  readonly own: readonly string[]
  /** Runs what is given from the base on, and goes back to it whatever happens. */
  readonly fromBase: <T>(work: () => Promise<T>) => Promise<T>
}

export type Truth = 'commute' | 'order matters' | 'not valid alone'

/** Ends a transaction whose work is done. */
class RolledBack extends Error {}

export interface BranchStart {
  readonly base: readonly string[]
  readonly own: readonly string[]
}

export const randomStart = (kind: BranchKind): BranchStart => ({ base: baseStatements(kind), own: numberedStatements(kind) })
export const emptyStart: BranchStart = { base: [], own: [] }

/** The base is rolled back where DDL can be, else it is made anew. */
export async function openBranchBench(
  kind: BranchKind,
  dialect: Dialect,
  connection: Connection,
  { base: statements, own }: BranchStart,
): Promise<BranchBench> {
  const schema = dialect.extensions.schema
  if (schema === undefined) throw new Error('the dialect has no schema part')
  const base = async (): Promise<void> => {
    await schema.clear(connection, scope)
    for (const sql of statements) await connection.execute(sql)
  }
  const rollsBack = dialect.capabilities.transactionalDdl
  if (rollsBack) await base()
  const fromBase = async <T>(work: () => Promise<T>): Promise<T> => {
    if (!rollsBack) {
      await base()
      return await work()
    }
    let result: { readonly value: T } | undefined
    try {
      await connection.transaction(async () => {
        result = { value: await work() }
        throw new RolledBack()
      })
    } catch (error) {
      if (!(error instanceof RolledBack)) throw error
    }
    if (result === undefined) throw new Error('nothing was run')
    return result.value
  }
  return { kind, dialect, schema, connection, own, fromBase }
}

/** Runs both orders, on what the bench has and on `base`, and compares schema and data. */
export async function truthOf(
  bench: BranchBench,
  a: readonly string[],
  b: readonly string[],
  base: readonly string[] = bench.own,
): Promise<Truth> {
  const first = await outcome(bench, [...base, ...a], b)
  if (first === 'not valid alone') return first
  const second = await outcome(bench, [...base, ...b], a)
  if (second === 'not valid alone') return second
  return first !== undefined && first.text === second?.text ? 'commute' : 'order matters'
}

const TABLES: Readonly<Record<BranchKind, string>> = {
  sqlite: `SELECT name FROM sqlite_schema WHERE type = 'table'`,
  postgres: `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace`,
  mysql: `SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE'`,
}

async function observe(kind: BranchKind, connection: Connection): Promise<readonly string[]> {
  const seen = { sqlite: observeSqlite, postgres: observePostgres, mysql: observeMysql }[kind]
  return [...(await seen(connection)), ...(await observeMore(kind, connection))]
}

/** Fails where something of the schema is broken: a view that cannot be read, a trigger whose body names what is not there. */
async function probeSqlite(connection: Connection): Promise<void> {
  for (const { name } of (await connection.execute(`SELECT name FROM sqlite_schema WHERE type = 'view'`)).rows)
    await connection.execute(`SELECT * FROM ${String(name)} LIMIT 0`)
  await connection.execute('CREATE TABLE probe_of_schema (a int)')
  await connection.execute('ALTER TABLE probe_of_schema RENAME COLUMN a TO b')
  await connection.execute('DROP TABLE probe_of_schema')
}

/** Schema and rows after both as one text, or undefined where the second fails behind the first. */
async function outcome(
  { fromBase, connection, kind }: BranchBench,
  first: readonly string[],
  second: readonly string[],
): Promise<{ readonly text: string } | 'not valid alone' | undefined> {
  const runs = async (statements: readonly string[]): Promise<boolean> => {
    try {
      for (const sql of statements) await connection.execute(sql)
      // SQLite takes a view or trigger over what is not there, and refuses the next change of anything.
      if (kind === 'sqlite') await probeSqlite(connection)
      return true
    } catch {
      // The outcome is that it fails; why does not matter here.
      return false
    }
  }
  return await fromBase(async () => {
    if (!(await runs(first))) return 'not valid alone'
    if (!(await runs(second))) return undefined
    const lines = await observe(kind, connection)
    const rows: string[] = []
    for (const { name } of (await connection.execute(TABLES[kind])).rows) {
      const found = await connection.execute(`SELECT * FROM ${String(name)}`)
      rows.push(
        `${String(name)}: ${found.rows
          .map((row) => JSON.stringify(Object.entries(row).sort(([x], [y]) => (x < y ? -1 : 1))))
          .sort()
          .join()}`,
      )
    }
    return { text: [...lines, ...rows.sort()].join('\n') }
  })
}

/** What the judge says of two branches that share the base. */
export async function verdictOf(
  { dialect, kind }: BranchBench,
  a: readonly string[],
  b: readonly string[],
  base: readonly string[] = [...baseStatements(kind), ...numberedStatements(kind)],
): Promise<string | undefined> {
  const judge = await dialect.commutativity?.()
  if (judge === undefined) throw new Error('the dialect does not judge')
  const [conflict] = await judge.conflicts([migration('a', a), migration('b', b)], () => true, [migration('base', base)])
  return conflict === undefined ? undefined : `${conflict.object}: ${conflict.why}`
}

const migration = (id: string, statements: readonly string[]): Migration => ({
  id,
  name: id,
  version: '',
  file: `${id}.sql`,
  kind: 'sql',
  parents: [],
  phase: 'expand',
  up: statements.map((text) => ({ kind: 'sql', text, transaction: 'any' })),
  transaction: { up: 'auto', down: 'auto' },
  metadata: { other: {} },
  requires: [],
  rawHash: '',
  semanticHash: '',
  body: '',
  headerless: false,
})
