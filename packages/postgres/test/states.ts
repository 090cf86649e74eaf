import { execFileSync } from 'node:child_process'
import { postgres } from '@yama/postgres'
import type { Connection } from '@yama/core'
import { difference, factBase, planChange, requirePlan, type FactBase } from '@yama/schema'
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

/** Changes each state to the next and back, and compares facts and pg_dump. */
export async function throughStates(url: string, states: readonly State[], observer?: string): Promise<void> {
  await inNewDatabase(url, async (own) => {
    await using connection = await postgres({ url: own }).connect()
    const sides: Side[] = []
    for (const [, sql] of states) {
      await emptied(connection)
      await connection.execute(sql)
      sides.push(await look(connection, own, observer))
    }
    for (const [index, [title, sql]] of states.slice(0, -1).entries()) {
      await emptied(connection)
      await connection.execute(sql)
      const next = states[index + 1]?.[0] ?? ''
      const [first, second] = [sides[index], sides[index + 1]]
      for (const [from, to, way] of [
        [first, second, `${title} → ${next}`],
        [second, first, `${next} → ${title}`],
      ] as const) {
        if (from === undefined || to === undefined) continue
        const plan = planChange({ before: from.facts, after: to.facts, dialect: schemaDialect, renames: [], server: connection.server })
        await runActions(connection, requirePlan(plan).actions)
        const reached = await look(connection, own, observer)
        expect(deltaLines(difference(reached.facts, to.facts)), way).toEqual([])
        expect(reached.dump, way).toBe(to.dump)
        expect(reached.seen, way).toEqual(to.seen)
      }
    }
  })
}

/** Makes each state from its entities alone, and compares facts, pg_dump and a second pull. */
export async function fromEntitiesAlone(url: string, states: readonly State[], observer?: string): Promise<void> {
  await inNewDatabase(url, async (own) => {
    await using connection = await postgres({ url: own }).connect()
    for (const [title, sql] of states) {
      await emptied(connection)
      await connection.execute(sql)
      const wanted = await look(connection, own, observer)
      const written = await throughEntities(wanted.facts, schemaDialect)
      await emptied(connection)
      const before = factBase(wanted.facts.tag, [])
      const plan = planChange({ before, after: written.desired, dialect: schemaDialect, renames: [], server: connection.server })
      await runActions(connection, requirePlan(plan).actions)
      const made = await look(connection, own, observer)
      expect(deltaLines(difference(made.facts, wanted.facts)), title).toEqual([])
      expect(made.dump, title).toBe(wanted.dump)
      expect(made.seen, title).toEqual(wanted.seen)
      expect(await written.again(() => Promise.resolve(made.facts)), title).toEqual([])
      written.dispose()
    }
  })
}
