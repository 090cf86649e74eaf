import { execFileSync } from 'node:child_process'
import { postgres } from '@yama/postgres'
import type { Connection } from '@yama/core'
import { difference, planChange, requirePlan, type FactBase } from '@yama/schema'
import { expect } from 'vitest'
import { deltaLines, throughEntities } from '../../../test/entities/round-trip.ts'
import { asLines, runActions } from './difference-case.ts'
import { schemaDialect } from './dialect-under-test.ts'
import { inNewDatabase } from './runtime-database.ts'

/** A schema under a name for messages. */
export type State = readonly [title: string, sql: string]

const EVERYTHING = { schemas: [], include: [], exclude: [] } as const
export const facts = (connection: Connection): Promise<FactBase> => schemaDialect.extract(connection, EVERYTHING)

/** What pg_dump says, where it is as new as the server; names that the server makes of NOT NULLs are not carried, see docs/adr/0014. */
function dumped(url: string): string {
  try {
    const text = execFileSync('pg_dump', ['--schema-only', '--no-owner', url], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).replaceAll(/ CONSTRAINT \w+_not_null NOT NULL/g, ' NOT NULL')
    return asLines(text.split('\n').filter((line) => !/^(?:--|SET |\\|SELECT pg_catalog\.set_config)/.test(line)))
  } catch (error) {
    if (!/server version mismatch/.test(String((error as { stderr?: unknown }).stderr))) throw error
    return 'pg_dump is older than the server'
  }
}

/** `seen`: what else must be equal, as a query says it. */
interface Side {
  readonly facts: FactBase
  readonly dump: string
  readonly seen: unknown
}

async function look(connection: Connection, url: string, observer: string | undefined): Promise<Side> {
  const seen = observer === undefined ? undefined : (await connection.execute(observer)).rows
  return { facts: await facts(connection), dump: dumped(url), seen }
}

export async function emptied(connection: Connection): Promise<void> {
  await connection.execute('DROP SCHEMA public CASCADE')
  await connection.execute('CREATE SCHEMA public')
}

/**
 * Each case has a schema of its own in one database, so that all are read, planned, run and dumped at once:
 * an extraction and a `pg_dump` for each case took minutes of every run of the tests.
 */
const room = (index: number): string => `room_${String(index).padStart(2, '0')}`

async function filled(connection: Connection, states: readonly State[]): Promise<void> {
  for (const [index, [, sql]] of states.entries()) {
    await connection.execute(`DROP SCHEMA IF EXISTS ${room(index)} CASCADE`)
    await connection.execute(`CREATE SCHEMA ${room(index)}`)
    await connection.execute(`SET search_path = ${room(index)}`)
    await connection.execute(sql.replaceAll(/\bpublic\b/g, room(index)))
  }
  await connection.execute('RESET search_path')
}

function expectSame(found: Side, wanted: Side, titles: readonly string[], way: string): void {
  const told = (line: string): string => line.replaceAll(/room_(\d+)/g, (_, index) => `${titles[Number(index)] ?? ''} (room_${index})`)
  expect(deltaLines(difference(found.facts, wanted.facts)).map(told), way).toEqual([])
  expect(found.dump, way).toBe(wanted.dump)
  expect(found.seen, way).toEqual(wanted.seen)
}

/** Changes each state to the next and back, and compares facts and pg_dump. */
export async function throughStates(url: string, states: readonly State[], observer?: string): Promise<void> {
  const titles = states.slice(1).map(([next], index) => `${states[index]?.[0] ?? ''} → ${next}`)
  await inNewDatabase(url, async (own) => {
    await using connection = await postgres({ url: own }).connect()
    await filled(connection, states.slice(0, -1))
    const first = await look(connection, own, observer)
    await filled(connection, states.slice(1))
    const second = await look(connection, own, observer)
    // The second is there: back comes before forth.
    for (const [from, to, way] of [
      [second, first, 'back'],
      [first, second, 'forth'],
    ] as const) {
      const plan = planChange({ before: from.facts, after: to.facts, dialect: schemaDialect, renames: [], server: connection.server })
      await runActions(connection, requirePlan(plan).actions)
      expectSame(await look(connection, own, observer), to, titles, way)
    }
  })
}

/** Makes each state from its entities alone, and compares facts, pg_dump and a second pull. */
export async function fromEntitiesAlone(url: string, states: readonly State[], observer?: string): Promise<void> {
  const titles = states.map(([title]) => title)
  await inNewDatabase(url, async (own) => {
    await using connection = await postgres({ url: own }).connect()
    await filled(connection, states)
    const wanted = await look(connection, own, observer)
    const written = await throughEntities(wanted.facts, schemaDialect)
    for (const index of states.keys()) await connection.execute(`DROP SCHEMA ${room(index)} CASCADE`)
    const before = await facts(connection)
    const plan = planChange({ before, after: written.desired, dialect: schemaDialect, renames: [], server: connection.server })
    await runActions(connection, requirePlan(plan).actions)
    const made = await look(connection, own, observer)
    expectSame(made, wanted, titles, 'made')
    expect(await written.again(() => Promise.resolve(made.facts))).toEqual([])
    written.dispose()
  })
}
