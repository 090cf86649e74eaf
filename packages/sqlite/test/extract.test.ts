import { expect, it } from 'vitest'
import { difference, factBase, type AnyFact, type FactBase } from '@yama/schema'
import { change, dialect, EVERYTHING, facts, load, schema } from './open-memory.ts'

const get = (base: FactBase, id: string): AnyFact => {
  const fact = base.facts.get(id)
  if (fact === undefined) throw new Error(`${id} is not among ${[...base.facts.keys()].join(', ')}`)
  return fact
}

it('reads what stands only in the text', async () => {
  await using database = await load(`
    CREATE TABLE [odd "name"] (
      a integer NOT NULL ON CONFLICT IGNORE, -- comment, with a ' quote
      \`b c\` varchar ( 20 ) collate nocase default 'x, (y' /* ( */ , "d" DOUBLE PRECISION DEFAULT (1 + 2), e DEFAULT -1, f DEFAULT NULL,
      g TEXT CONSTRAINT g_check CHECK (g <> ')') CONSTRAINT g_unique UNIQUE ON CONFLICT REPLACE,
      h INT AS (a * 2) STORED, i GENERATED ALWAYS AS (lower("b c")) VIRTUAL,
      CONSTRAINT pk PRIMARY KEY (a DESC, "b c" COLLATE binary)
      CHECK ((a > 0)) UNIQUE (a, g)
      CONSTRAINT fk FOREIGN KEY (a) REFERENCES other ON DELETE SET NULL ON UPDATE CASCADE MATCH FULL DEFERRABLE INITIALLY DEFERRED
    ) WITHOUT ROWID;
    CREATE TABLE Other (Id INTEGER PRIMARY KEY);`)
  const base = await facts(database)
  const table = '"odd ""name"""'
  expect(get(base, `table:${table}`).payload).toEqual({ options: { withoutRowid: true } })
  const column = (name: string): unknown => get(base, `column:${table}.${name}`).payload
  expect(column('a')).toEqual({ type: 'INTEGER', notNull: true, options: { onConflict: 'ignore' } })
  expect(column('b c')).toEqual({ type: 'VARCHAR(20)', notNull: true, default: "'x, (y'", collation: 'NOCASE', options: {} })
  expect(column('d')).toEqual({ type: 'DOUBLE PRECISION', notNull: false, default: '1 + 2', options: {} })
  expect(column('e')).toMatchObject({ type: '', default: '-1' })
  expect(column('f')).toEqual({ type: '', notNull: false, options: {} })
  expect(column('h')).toMatchObject({ type: 'INT', generated: { expression: 'a * 2', stored: true } })
  expect(column('i')).toMatchObject({ generated: { expression: 'lower("b c")', stored: false } })
  const constraint = (name: string): unknown => get(base, `constraint:${table}.${name}`).payload
  expect(constraint('pk')).toMatchObject({
    type: 'primary',
    columns: ['a', 'b c'],
    named: true,
    options: { keys: 'a DESC, "b c" COLLATE BINARY' },
  })
  expect(constraint('g_check')).toMatchObject({ type: 'check', expression: "g <> ')'", columns: ['g'], named: true })
  expect(constraint('g_unique')).toMatchObject({ type: 'unique', columns: ['g'], options: { onConflict: 'replace' } })
  expect(constraint('unique_a_g')).toMatchObject({ type: 'unique', columns: ['a', 'g'], named: false })
  expect(constraint('fk')).toMatchObject({
    deferrable: 'deferred',
    references: { schema: '', table: 'Other', columns: ['Id'], onDelete: 'set null', onUpdate: 'cascade', match: 'full' },
  })
  expect(
    [...base.facts.values()].filter((fact) => fact.kind === 'constraint' && fact.payload.type === 'check').map((fact) => fact.payload),
  ).toContainEqual(expect.objectContaining({ expression: 'a > 0', named: false }))
  await using again = await dialect.connect()
  await change(again, base)
  expect(difference(await facts(again), base)).toEqual([])
})

it('sees no difference in formatting, case of keywords and quotes', async () => {
  await using a =
    await load(`CREATE TABLE t (id INTEGER PRIMARY KEY, "name" varchar(9) DEFAULT ( 'a' ) CHECK ("name"!='' and length(name)<9));
    create index i on t (upper( name ) desc) where "name" is not null; CREATE VIEW v AS select "name", count(*) from t group by name`)
  await using b = await load(
    `create table "t" (id integer not null, name VARCHAR( 9 ) default 'a', primary key (id), CHECK (((name <> '' AND LENGTH(name) < 9))));
    CREATE INDEX "i" ON "t" ((upper("name")) DESC) WHERE (name IS NOT NULL); CREATE VIEW "v" AS
    SELECT name, COUNT(*) -- rows
    FROM "t" GROUP BY "name"`
      .replace('LENGTH', 'length')
      .replace('COUNT', 'count'),
  )
  expect(difference(await facts(a), await facts(b))).toEqual([])
})

it('leaves out what SQLite forgets: names that no constraint follows, a key that is said twice', async () => {
  await using database = await load(
    'CREATE TABLE t (a, b DEFAULT 1 CONSTRAINT c, CONSTRAINT d CONSTRAINT e CHECK (a <> b), CONSTRAINT f, UNIQUE (a), UNIQUE (A))',
  )
  const base = await facts(database)
  expect([...base.facts.keys()]).toEqual(['table:t', 'column:t.a', 'column:t.b', 'constraint:t.e', 'constraint:t.unique_a'])
  expect(base.unmanaged).toEqual([])
})

it('counts the one with a name where a check or a key is said twice, wherever it stands', async () => {
  const lines = ['CONSTRAINT positive CHECK (a > 0)', 'CHECK (a > 0)', 'CONSTRAINT one UNIQUE (a)', 'UNIQUE (a)']
  await using first = await load(`CREATE TABLE t (a, ${lines.join(', ')})`)
  await using last = await load(`CREATE TABLE t (a, ${lines.toReversed().join(', ')})`)
  const base = await facts(last)
  expect([...base.facts.keys()].filter((id) => id.startsWith('constraint:'))).toEqual(['constraint:t.one', 'constraint:t.positive'])
  expect(difference(await facts(first), base)).toEqual([])
})

it('knows when a column numbers itself', async () => {
  await using database =
    await load(`CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (id INTEGER PRIMARY KEY DESC); CREATE TABLE c (id INT PRIMARY KEY);
    CREATE TABLE d (id INTEGER, PRIMARY KEY (id DESC)); CREATE TABLE e (id INTEGER PRIMARY KEY) WITHOUT ROWID; CREATE TABLE f (id INTEGER PRIMARY KEY AUTOINCREMENT)`)
  const base = await facts(database)
  const numbered = [...base.facts.values()].flatMap((fact) =>
    fact.kind === 'column' && fact.payload.identity !== undefined ? [fact.parent] : [],
  )
  expect(numbered).toEqual(['table:a', 'table:d', 'table:f'])
  await using again = await dialect.connect()
  await change(again, base)
  expect(difference(await facts(again), base)).toEqual([])
})

it('carries virtual tables and triggers, and names what it does not carry', async () => {
  await using database = await load(`CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT); CREATE VIRTUAL TABLE search USING fts5(body);
    CREATE VIEW found AS SELECT * FROM search;
    CREATE TRIGGER t_ai AFTER INSERT ON t BEGIN INSERT INTO search VALUES (new.body); END;
    CREATE TRIGGER found_ii INSTEAD OF INSERT ON found BEGIN INSERT INTO t (body) VALUES (new.body); END; CREATE TEMP TABLE mine (a)`)
  const { unmanaged, facts: managed } = await facts(database)
  expect(unmanaged.map(({ kind, name, reason }) => [kind, name, reason])).toEqual([
    ['temporary table', 'mine', 'a temporary object belongs to its connection'],
  ])
  expect(managed.get('table:search')?.payload).toEqual({ options: { virtual: 'fts5(body)' } })
  expect(managed.get('trigger:t.t_ai')).toMatchObject({
    parent: 'table:t',
    payload: { definition: expect.stringContaining('CREATE TRIGGER t_ai') as string },
    dependsOn: ['table:search'],
  })
  expect(managed.get('trigger:found.found_ii')).toMatchObject({ parent: 'view:found' })
  // The tables in which the module keeps its index are not looked at.
  expect([...managed.keys()].filter((id) => id.startsWith('table:'))).toEqual(['table:t', 'table:search'])
})

it('carries every type in quotes, and names tables that an entity cannot name', async () => {
  const types = ['"weird (x)"', "'varchar(10)'", '[my type]', '"a check"', '"decimal(1e2, -.5)"', '"max(1,2,3)"']
  const columns = types.map((type, at) => `c${String(at)} ${type}`).join(', ')
  await using database = await load(
    `CREATE TABLE t (${columns}, UNIQUE (c1, c1)); CREATE TABLE "" (a); CREATE TABLE u ("" INT, b INT); CREATE INDEX i ON u (b)`,
  )
  const base = await facts(database)
  expect(base.unmanaged.map(({ kind, name }) => [kind, name])).toEqual([
    ['table', ''],
    ['table', 'u'],
    ['index', 'i'],
  ])
  await using again = await dialect.connect()
  await change(again, factBase(base.tag, [...base.facts.values()]))
  expect(difference(await facts(again), base)).toEqual([])
})

it('never sees the history, and obeys the scope', async () => {
  await using database = await load(
    'CREATE TABLE users (id INTEGER PRIMARY KEY); CREATE TABLE other (id INTEGER PRIMARY KEY); CREATE TABLE yama_notes (a)',
  )
  const empty = await schema.extract(database, EVERYTHING)
  await dialect.createHistory(database, { project: 'p' }).ensure()
  await using lock = await dialect.acquireLock(database, 'p', { waitMs: 0 })
  expect(await lock.isHeld()).toBe(true)
  expect(difference(await schema.extract(database, EVERYTHING), empty)).toEqual([])
  expect((await schema.extract(database, { ...EVERYTHING, exclude: ['o*', 'main.yama_*'] })).facts.has('table:other')).toBe(false)
  expect([...(await schema.extract(database, { ...EVERYTHING, include: ['users'] })).facts.keys()]).toEqual([
    'table:users',
    'column:users.id',
    'constraint:users.primary_key',
  ])
  await schema.clear(database, EVERYTHING)
  expect((await schema.extract(database, EVERYTHING)).facts.size).toBe(0)
  expect(await lock.isHeld()).toBe(true)
})

it('names circles of foreign keys and orders tables in spite of them', async () => {
  await using database =
    await load(`CREATE TABLE a (id INTEGER PRIMARY KEY, b INT REFERENCES b (id)); CREATE TABLE b (id INTEGER PRIMARY KEY, a INT REFERENCES a (id), self INT REFERENCES b);
    CREATE TABLE late (x INT REFERENCES nowhere (y))`)
  const base = await facts(database)
  await using again = await dialect.connect()
  await change(again, base)
  expect(difference(await facts(again), base)).toEqual([])
  await change(again, await facts(await dialect.connect()))
  expect((await facts(again)).facts.size).toBe(0)
})
