import { postgres } from '@yama/postgres'
import { difference, findRenames, planChange, requirePlan, type FactBase } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { deltaLines } from '../../../test/entities/round-trip.ts'
import { runActions } from './difference-case.ts'
import { schemaDialect } from './dialect-under-test.ts'
import { inNewDatabase, servers } from './runtime-database.ts'
import { emptied, facts, fromEntitiesAlone, throughStates, type State } from './states.ts'

const PARENT = 'CREATE TABLE p (a int NOT NULL, b int DEFAULT 1, CONSTRAINT ka CHECK (a > 0)); '
const NARROW = 'CREATE TABLE p (a int NOT NULL, CONSTRAINT ka CHECK (a > 0)); '
const OTHER = 'CREATE TABLE q (b int DEFAULT 1, z int); '

/** Each is changed to the next one and back. */
const STATES: readonly State[] = [
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

const [LOCAL, ABOVE] = [
  'CREATE TABLE p (a int); CREATE TABLE c () INHERITS (p); CREATE TABLE g () INHERITS (c);',
  'ALTER TABLE p ADD CONSTRAINT ka CHECK (a > 0)',
]
/** Checks that were not tried on every row, or are not enforced everywhere. */
const UNTRIED: readonly State[] = [
  ['none', LOCAL],
  ['not valid', `${LOCAL} ${ABOVE} NOT VALID`],
  ["valid, the parent's not", `${LOCAL} ALTER TABLE c ADD CONSTRAINT ka CHECK (a > 0); ${ABOVE} NOT VALID`],
  ["not valid, as the parent's", `${LOCAL} ALTER TABLE c ADD CONSTRAINT ka CHECK (a > 0) NOT VALID; ${ABOVE} NOT VALID`],
  ['not enforced', `${LOCAL} ${ABOVE} NOT ENFORCED; COMMENT ON CONSTRAINT ka ON p IS 'later'`],
  ["not valid, the parent's not enforced", `${LOCAL} ALTER TABLE c ADD CONSTRAINT ka CHECK (a > 0) NOT VALID; ${ABOVE} NOT ENFORCED`],
  ["valid, the parent's not enforced", `${LOCAL} ALTER TABLE c ADD CONSTRAINT ka CHECK (a > 0); ${ABOVE} NOT ENFORCED`],
  ['not enforced', `${LOCAL} ${ABOVE} NOT ENFORCED`],
  [
    "not valid below, the parents' not enforced",
    `${LOCAL} ALTER TABLE g ADD CONSTRAINT ka CHECK (a > 0) NOT VALID; ALTER TABLE c ADD CONSTRAINT ka CHECK (a > 0) NOT ENFORCED; ${ABOVE} NOT ENFORCED`,
  ],
  ['none', LOCAL],
]

describe.each(servers)('what children declare besides inheriting it, on $name', ({ url, major }) => {
  it('changes from each state to the next and back, as pg_dump shows them', { timeout: 240_000 }, () => throughStates(url, STATES))

  it.runIf((major ?? 18) >= 18)(
    'checks that were not tried, or are not enforced, are carried both ways',
    { timeout: 240_000 },
    async () => {
      await throughStates(url, UNTRIED)
      await fromEntitiesAlone(url, UNTRIED)
    },
  )

  it('each comes back from its entities alone', { timeout: 240_000 }, () => fromEntitiesAlone(url, STATES))

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
