import type { Connection } from '@yama/core'
import { difference, factBase, planChange, requirePlan, type FactBase } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { runActions } from './difference-case.ts'
import { schemaDialect } from './dialect-under-test.ts'
import { inEmptyDatabase, targets } from './schema-databases.ts'

const EVERYTHING = { schemas: [], include: [], exclude: [] } as const
const facts = (connection: Connection): Promise<FactBase> => schemaDialect.extract(connection, EVERYTHING)

async function change(connection: Connection, after: FactBase): Promise<readonly string[]> {
  const plan = requirePlan(planChange({ before: await facts(connection), after, dialect: schemaDialect, renames: [] }))
  await runActions(connection, plan.actions)
  expect(difference(await facts(connection), after)).toEqual([])
  return plan.actions.map(({ sql }) => sql)
}

const FIRST = `
  CREATE SCHEMA app;
  CREATE DOMAIN app.percent AS integer DEFAULT 0 CONSTRAINT in_range CHECK (VALUE BETWEEN 0 AND 100);
  CREATE TYPE app.address AS (street text, city text COLLATE "C");
  CREATE TYPE app.metres AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi);
  CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.changed := now(); RETURN NEW; END $$;
  COMMENT ON FUNCTION app.touch() IS 'sets changed';
  CREATE FUNCTION app.add(a integer, b integer DEFAULT 1) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
  CREATE FUNCTION app.add(a text, b text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT a || b';
  CREATE AGGREGATE app.joined(text) (SFUNC = app.add, STYPE = text, INITCOND = '');
  CREATE TABLE app.note (id integer PRIMARY KEY, owner text NOT NULL, share app.percent, place app.address, doubled integer DEFAULT app.add(1, 1), changed timestamptz);
  CREATE TRIGGER note_touch BEFORE UPDATE OF owner ON app.note FOR EACH ROW WHEN (OLD.owner IS DISTINCT FROM NEW.owner) EXECUTE FUNCTION app.touch();
  ALTER TABLE app.note DISABLE TRIGGER note_touch;
  CREATE CONSTRAINT TRIGGER note_late AFTER INSERT ON app.note DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.touch();
  CREATE TRIGGER note_moved AFTER UPDATE ON app.note REFERENCING OLD TABLE AS gone NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION app.touch();
  CREATE PROCEDURE app.clean(days integer) LANGUAGE sql AS 'DELETE FROM app.note WHERE false';
  CREATE VIEW app.notes AS SELECT id, owner FROM app.note;
  CREATE TRIGGER notes_in INSTEAD OF INSERT ON app.notes FOR EACH ROW EXECUTE FUNCTION app.touch();
  CREATE RULE note_keep AS ON DELETE TO app.note DO INSTEAD NOTHING;
  ALTER TABLE app.note ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY own ON app.note FOR SELECT USING (owner = current_user);
  CREATE STATISTICS app.note_stat (dependencies) ON owner, share FROM app.note;
  GRANT SELECT ON app.notes TO PUBLIC; GRANT UPDATE (owner) ON app.note TO PUBLIC; REVOKE EXECUTE ON FUNCTION app.add(text, text) FROM PUBLIC;
  CREATE TABLE app.reading (id integer NOT NULL, at date NOT NULL, kind text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
  CREATE INDEX reading_kind ON app.reading (kind);
  CREATE TABLE app.reading_2026 PARTITION OF app.reading FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
  CREATE INDEX reading_2026_at ON app.reading_2026 (at);
  CREATE TABLE app.reading_rest PARTITION OF app.reading DEFAULT PARTITION BY LIST (id);
  CREATE TABLE app.reading_rest_a PARTITION OF app.reading_rest FOR VALUES IN (7);
  CREATE TABLE app.spread (id integer) PARTITION BY HASH (id);
  CREATE TABLE app.spread_0 PARTITION OF app.spread FOR VALUES WITH (MODULUS 2, REMAINDER 0);
  CREATE TABLE app.parent (a integer DEFAULT 1, CHECK (a > 0)); CREATE TABLE app.child (b integer) INHERITS (app.parent);
  ALTER TABLE app.child ALTER a SET DEFAULT 2;`

const SECOND = `
  CREATE SCHEMA app;
  CREATE DOMAIN app.percent AS integer NOT NULL CONSTRAINT in_range CHECK (VALUE BETWEEN 0 AND 200);
  CREATE TYPE app.address AS (street text, zip text);
  CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.changed := clock_timestamp(); RETURN NEW; END $$;
  CREATE FUNCTION app.add(a integer, b integer DEFAULT 1) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT b + a';
  CREATE FUNCTION app.add(left_side text, b text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT left_side || b';
  CREATE TABLE app.note (id integer PRIMARY KEY, owner text NOT NULL, share app.percent, doubled integer DEFAULT app.add(1, 1), changed timestamptz, title text);
  CREATE TRIGGER note_touch BEFORE UPDATE ON app.note FOR EACH ROW EXECUTE FUNCTION app.touch();
  CREATE VIEW app.notes AS SELECT owner, id FROM app.note;
  CREATE TRIGGER notes_in INSTEAD OF INSERT ON app.notes FOR EACH ROW EXECUTE FUNCTION app.touch();
  GRANT SELECT ON app.notes TO PUBLIC;
  ALTER TABLE app.note ENABLE ROW LEVEL SECURITY;
  CREATE POLICY own ON app.note FOR SELECT USING (owner = session_user);
  CREATE TABLE app.reading (id integer NOT NULL, at date NOT NULL, kind text, unit text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
  CREATE TABLE app.reading_2026 PARTITION OF app.reading FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');
  CREATE TABLE app.spread (id integer) PARTITION BY HASH (id);
  CREATE TABLE app.spread_0 (id integer);
  CREATE TABLE app.parent (a integer DEFAULT 1, CHECK (a > 0)); CREATE TABLE app.child (b integer) INHERITS (app.parent);
  ALTER TABLE app.child ALTER a SET DEFAULT 3;`

describe.each(targets)('every kind of object on $name', (target) => {
  it('is carried, made from nothing, changed, and changed back', async () => {
    const [first, second] = await inEmptyDatabase(target, async (connection) => {
      await connection.execute(FIRST)
      const one = await facts(connection)
      await connection.execute('DROP SCHEMA app CASCADE')
      await connection.execute(SECOND)
      return [one, await facts(connection)] as const
    })
    expect([first.unmanaged, second.unmanaged]).toEqual([[], []])
    await inEmptyDatabase(target, async (connection) => {
      await change(connection, first)
      const up = await change(connection, second)
      // Replaced in place: what hangs on it stays.
      expect(up.some((sql) => sql.startsWith('CREATE OR REPLACE FUNCTION app.touch()'))).toBe(true)
      expect(up.some((sql) => sql.includes('DROP TABLE app.note'))).toBe(false)
      await change(connection, first)
      await change(connection, factBase(first.tag, []))
    })
  })

  it.runIf((target.major ?? 18) >= 18)('keys over periods, virtual columns', async () => {
    const made = `CREATE SCHEMA app;
      CREATE TABLE app.room (id int4range NOT NULL, valid daterange NOT NULL, a integer, twice integer GENERATED ALWAYS AS (a * 2) VIRTUAL,
        CONSTRAINT room_key PRIMARY KEY (id, valid WITHOUT OVERLAPS));
      CREATE TABLE app.booking (room int4range, valid daterange, CONSTRAINT booking_room FOREIGN KEY (room, PERIOD valid) REFERENCES app.room (id, PERIOD valid));`
    const wanted = await inEmptyDatabase(target, async (connection) => {
      await connection.execute(made)
      return await facts(connection)
    })
    expect(wanted.unmanaged).toEqual([])
    await inEmptyDatabase(target, async (connection) => {
      await change(connection, wanted)
      await change(connection, factBase(wanted.tag, []))
    })
  })
})

describe.each(targets)('default privileges that come, on $name', (target) => {
  it('do not reach what is made anew late in the same change', async () => {
    const item = (amount: string, more: string): string =>
      `CREATE SCHEMA app; CREATE TABLE app.item (amount ${amount}${more}); CREATE MATERIALIZED VIEW app.summary AS SELECT amount FROM app.item;`
    const wanted = await inEmptyDatabase(target, async (connection) => {
      await connection.execute(`${item('bigint', '')} ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO PUBLIC`)
      return await facts(connection)
    })
    await inEmptyDatabase(target, async (connection) => {
      // The column that is computed goes before the other one's type changes, and the view comes after that.
      await connection.execute(item('numeric', ', doubled numeric GENERATED ALWAYS AS (amount * 2) STORED'))
      const before = await facts(connection)
      await change(connection, wanted)
      await change(connection, before)
    })
  })
})

describe.each(targets)('a routine whose body the server refuses today, on $name', (target) => {
  it('is told, and is made without a look at its body', () =>
    inEmptyDatabase(target, async (connection) => {
      await connection.execute(`CREATE SCHEMA app; CREATE TABLE app.t (a integer, b integer); CREATE SCHEMA side; CREATE TABLE side.u (a integer);
        CREATE FUNCTION app.good(integer) RETURNS integer LANGUAGE sql AS 'SELECT a FROM app.t WHERE a = $1';
        CREATE FUNCTION app.settled() RETURNS integer LANGUAGE sql SET search_path = side AS 'SELECT a FROM u';
        CREATE FUNCTION app.stale(n integer) RETURNS integer LANGUAGE sql AS 'SELECT b FROM app.t WHERE a = n';
        CREATE FUNCTION app.row() RETURNS integer LANGUAGE plpgsql AS $$ DECLARE r app.t%ROWTYPE; BEGIN RETURN r.a; END $$`)
      await connection.execute('ALTER TABLE app.t DROP COLUMN b')
      const refused = await schemaDialect.refusedBodies?.(connection, EVERYTHING)
      expect([...(refused ?? [])]).toEqual(['function:app.stale(integer)'])
      const found = await facts(connection)
      const after = factBase(
        found.tag,
        [...found.facts.values()].map((fact) => (refused?.has(fact.id) === true ? { ...fact, unchecked: true as const } : fact)),
      )
      await schemaDialect.clear(connection, EVERYTHING)
      expect(await change(connection, after)).toContain('SET LOCAL check_function_bodies = off')
    }))
})
