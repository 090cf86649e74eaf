import { execFileSync } from 'node:child_process'
import { postgres } from '@yama/postgres'
import type { Connection } from '@yama/core'
import { difference, factBase, findRenames, planChange, requirePlan, type FactBase } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { deltaLines, throughEntities } from '../../../test/entities/round-trip.ts'
import { asLines, runActions } from './difference-case.ts'
import { schemaDialect } from './dialect-under-test.ts'
import { inNewDatabase, servers } from './runtime-database.ts'

const EVERYTHING = { schemas: [], include: [], exclude: [] } as const
const facts = (connection: Connection): Promise<FactBase> => schemaDialect.extract(connection, EVERYTHING)

const PARENT = 'CREATE TABLE p (a int NOT NULL, b int DEFAULT 1, CONSTRAINT ka CHECK (a > 0)); '
const NARROW = 'CREATE TABLE p (a int NOT NULL, CONSTRAINT ka CHECK (a > 0)); '
const OTHER = 'CREATE TABLE q (b int DEFAULT 1, z int); '

/** Each is changed to the next one and back. */
const STATES: readonly (readonly [title: string, sql: string])[] = [
  ['apart', `${PARENT}CREATE TABLE c (a int NOT NULL, b int DEFAULT 1, x text, CONSTRAINT ka CHECK (a > 0))`],
  ['joined', `${PARENT}CREATE TABLE c (a int NOT NULL, b int DEFAULT 1, x text, CONSTRAINT ka CHECK (a > 0)); ALTER TABLE c INHERIT p`],
  ['child', `${PARENT}CREATE TABLE c (x text) INHERITS (p)`],
  ['declares b', `${PARENT}CREATE TABLE c (b int DEFAULT 1, x text) INHERITS (p)`],
  [
    'other default',
    `${PARENT}CREATE TABLE c (x text) INHERITS (p); ALTER TABLE c ALTER b SET DEFAULT 7; COMMENT ON COLUMN c.a IS 'own'; ALTER TABLE c ALTER b SET STATISTICS 9`,
  ],
  ["b is the child's", `${NARROW}CREATE TABLE c (b int DEFAULT 1, x text) INHERITS (p)`],
  ['child', `${PARENT}CREATE TABLE c (x text) INHERITS (p)`],
  ['three without', `${NARROW}CREATE TABLE c (x text) INHERITS (p); CREATE TABLE g (b int DEFAULT 4, y int) INHERITS (c)`],
  [
    'three',
    `${PARENT}CREATE TABLE c (b int, x text) INHERITS (p); CREATE TABLE g (a int NOT NULL, y int) INHERITS (c); ALTER TABLE g ALTER b SET DEFAULT 4`,
  ],
  ['declares a', `${PARENT}CREATE TABLE c (a int, x text) INHERITS (p)`],
  ['parent without b', `${NARROW}CREATE TABLE c (x text) INHERITS (p)`],
  ['declares a nn', `${PARENT}CREATE TABLE c (a int NOT NULL, x text, CONSTRAINT ka CHECK (a > 0)) INHERITS (p)`],
  [
    'b has other type',
    'CREATE TABLE p (a int NOT NULL, b bigint DEFAULT 2, CONSTRAINT ka CHECK (a > 0)); CREATE TABLE c (b bigint DEFAULT 7, x text) INHERITS (p)',
  ],
  [
    'b not null',
    'CREATE TABLE p (a int NOT NULL, b int NOT NULL DEFAULT 3, CONSTRAINT ka CHECK (a > 0)); CREATE TABLE c (x text) INHERITS (p); ALTER TABLE c ALTER b SET DEFAULT 7',
  ],
  ['other default declared', `${PARENT}CREATE TABLE c (b int DEFAULT 7, x text) INHERITS (p)`],
  ['no check', 'CREATE TABLE p (a int NOT NULL, b int DEFAULT 1); CREATE TABLE c (x text) INHERITS (p)'],
  ['child check', 'CREATE TABLE p (a int NOT NULL, b int DEFAULT 1); CREATE TABLE c (x text, CONSTRAINT ka CHECK (a > 0)) INHERITS (p)'],
  ['two', `${PARENT}${OTHER}CREATE TABLE c (x text) INHERITS (p, q)`],
  ["b is the child's", `${NARROW}CREATE TABLE c (b int DEFAULT 1, x text) INHERITS (p)`],
  ['two, b of one', `${NARROW}${OTHER}CREATE TABLE c (x text) INHERITS (p, q)`],
  ['two declared', `${PARENT}${OTHER}CREATE TABLE c (b int DEFAULT 5, z int, x text) INHERITS (p, q)`],
  ['child', `${PARENT}CREATE TABLE c (x text) INHERITS (p)`],
]

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

interface Side {
  readonly facts: FactBase
  readonly dump: string
}

describe.each(servers)('what children declare besides inheriting it, on $name', ({ url }) => {
  const emptied = async (connection: Connection): Promise<void> => {
    await connection.execute('DROP SCHEMA public CASCADE')
    await connection.execute('CREATE SCHEMA public')
  }

  it('changes from each state to the next and back, as pg_dump shows them', { timeout: 240_000 }, async () => {
    await inNewDatabase(url, async (own) => {
      await using connection = await postgres({ url: own }).connect()
      const here = async (): Promise<Side> => ({ facts: await facts(connection), dump: dumped(own) })
      const sides: Side[] = []
      for (const [, sql] of STATES) {
        await emptied(connection)
        await connection.execute(sql)
        sides.push(await here())
      }
      for (const [index, [title, sql]] of STATES.slice(0, -1).entries()) {
        await emptied(connection)
        await connection.execute(sql)
        const next = STATES[index + 1]?.[0] ?? ''
        const [first, second] = [sides[index], sides[index + 1]]
        for (const [from, to, way] of [
          [first, second, `${title} → ${next}`],
          [second, first, `${next} → ${title}`],
        ] as const) {
          if (from === undefined || to === undefined) continue
          const plan = planChange({ before: from.facts, after: to.facts, dialect: schemaDialect, renames: [], server: connection.server })
          await runActions(connection, requirePlan(plan).actions)
          const reached = await here()
          expect(deltaLines(difference(reached.facts, to.facts)), way).toEqual([])
          expect(reached.dump, way).toBe(to.dump)
        }
      }
    })
  })

  it('each comes back from its entities alone', { timeout: 240_000 }, async () => {
    await inNewDatabase(url, async (own) => {
      await using connection = await postgres({ url: own }).connect()
      for (const [title, sql] of STATES) {
        await emptied(connection)
        await connection.execute(sql)
        const wanted = await facts(connection)
        const dump = dumped(own)
        const written = await throughEntities(wanted, schemaDialect)
        await emptied(connection)
        const before = factBase(wanted.tag, [])
        const plan = planChange({ before, after: written.desired, dialect: schemaDialect, renames: [], server: connection.server })
        await runActions(connection, requirePlan(plan).actions)
        const made = await facts(connection)
        expect(deltaLines(difference(made, wanted)), title).toEqual([])
        expect(dumped(own), title).toBe(dump)
        expect(await written.again(() => Promise.resolve(made)), title).toEqual([])
        written.dispose()
      }
    })
  })

  it('rows stay where a field moves up, where a child comes to declare it, and where it gives that up', async () => {
    await inNewDatabase(url, async (own) => {
      await using connection = await postgres({ url: own }).connect()
      const states = [
        `${NARROW}CREATE TABLE c (b int DEFAULT 1, x text) INHERITS (p)`,
        `${PARENT}CREATE TABLE c (b int DEFAULT 1, x text) INHERITS (p)`,
        `${PARENT}CREATE TABLE c (x text) INHERITS (p)`,
        `${PARENT}CREATE TABLE c (b int, x text) INHERITS (p)`,
        `${NARROW}CREATE TABLE c (b int DEFAULT 1, x text) INHERITS (p)`,
      ]
      const bases: FactBase[] = []
      for (const sql of states) {
        await emptied(connection)
        await connection.execute(sql)
        bases.push(await facts(connection))
      }
      await connection.execute("INSERT INTO c (a, b, x) VALUES (1, 2, 'three')")
      for (const [index, after] of bases.slice(1).entries()) {
        const before = bases[index]
        if (before === undefined) continue
        const plan = requirePlan(planChange({ before, after, dialect: schemaDialect, renames: [], server: connection.server }))
        await runActions(connection, plan.actions)
        expect(deltaLines(difference(await facts(connection), after)), String(index)).toEqual([])
        expect((await connection.execute('SELECT a, b, x FROM c')).rows, String(index)).toEqual([{ a: 1, b: 2, x: 'three' }])
      }
    })
  })

  it('names follow through the tree', async () => {
    await inNewDatabase(url, async (own) => {
      await using connection = await postgres({ url: own }).connect()
      const tree = (column: string, check: string): string =>
        `CREATE TABLE p (${column} int DEFAULT 1, CONSTRAINT ${check} CHECK (${column} > 0)); CREATE TABLE c (${column} int DEFAULT 2, CONSTRAINT ${check} CHECK (${column} > 0)) INHERITS (p);
        CREATE TABLE g () INHERITS (c); CREATE INDEX i ON g (${column}); ALTER TABLE g ALTER ${column} SET DEFAULT 3`
      await connection.execute(tree('b', 'positive'))
      const wanted = await facts(connection)
      await emptied(connection)
      await connection.execute(tree('a', 'above'))
      const before = await facts(connection)
      const decided = [{ from: 'column:public.p.a', to: 'column:public.p.b' }]
      const { renames } = findRenames(before, wanted, decided)
      const plan = requirePlan(planChange({ before, after: wanted, dialect: schemaDialect, renames, server: connection.server }))
      expect(plan.actions.map((action) => action.sql)).toEqual([
        'ALTER TABLE public.p RENAME COLUMN a TO b',
        'ALTER TABLE public.p RENAME CONSTRAINT above TO positive',
      ])
      await runActions(connection, plan.actions)
      expect(deltaLines(difference(await facts(connection), wanted))).toEqual([])
    })
  })

  it('a child from which others inherit cannot give up what it declares', async () => {
    await inNewDatabase(url, async (own) => {
      await using connection = await postgres({ url: own }).connect()
      await connection.execute(`${PARENT}CREATE TABLE c () INHERITS (p); CREATE TABLE g () INHERITS (c)`)
      const after = await facts(connection)
      await emptied(connection)
      await connection.execute(`${PARENT}CREATE TABLE c (b int DEFAULT 1) INHERITS (p); CREATE TABLE g () INHERITS (c)`)
      const before = await facts(connection)
      const plan = (): unknown => planChange({ before, after, dialect: schemaDialect, renames: [], server: connection.server })
      expect(plan).toThrow(expect.objectContaining({ code: 'YAMA_POSTGRES_STILL_DECLARED' }))
    })
  })
})
