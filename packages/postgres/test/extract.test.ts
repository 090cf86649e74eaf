import type { Connection } from '@yama/core'
import type { AnyFact, FactBase, Scope } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { extract } from '../src/extract/extract.ts'
import { inEmptyDatabase, targets } from './schema-databases.ts'

const EVERYTHING: Scope = { schemas: [], include: [], exclude: [] }
const payload = (base: FactBase, id: string): AnyFact['payload'] | undefined => base.facts.get(id)?.payload
const reasons = (base: FactBase): readonly string[] => base.unmanaged.map(({ kind, name, reason }) => `${kind} ${name}: ${reason}`).sort()

describe.each(targets)('extract on $name', (target) => {
  const extracted = async (sql: string, scope: Scope = EVERYTHING): Promise<FactBase> =>
    inEmptyDatabase(target, async (connection: Connection) => {
      await connection.execute(sql)
      return await extract(connection, scope)
    })

  it('reads columns with what differs from their type', async () => {
    const base = await extracted(`
      CREATE TYPE mood AS ENUM ('sad', 'ok'); COMMENT ON TYPE mood IS 'how';
      CREATE SEQUENCE counter START 5; CREATE SCHEMA app;
      CREATE TABLE t (
        a integer GENERATED ALWAYS AS IDENTITY (START 10 CACHE 3), b bigserial, c varchar(20) COLLATE "C" NOT NULL DEFAULT 'x',
        d mood[] DEFAULT '{}', e integer GENERATED ALWAYS AS (length(c)) STORED, f integer DEFAULT nextval('counter'), g text);
      ALTER SEQUENCE counter OWNED BY t.f;
      ALTER TABLE t ALTER g SET STORAGE external; ALTER TABLE t ALTER g SET STATISTICS 50; ALTER TABLE t ALTER g SET (n_distinct = 5);
      COMMENT ON COLUMN t.g IS 'it''s'; ALTER TABLE t DROP COLUMN g; ALTER TABLE t ADD g numeric(10, 2)`)
    expect(base.tag).toMatch(/^pg\d+:s5$/)
    const options = {}
    expect(payload(base, 'column:public.t.a')).toEqual({
      type: 'integer',
      notNull: true,
      identity: { mode: 'always', start: '10', cache: '3' },
      options,
    })
    expect(payload(base, 'column:public.t.b')).toEqual({ type: 'bigint', notNull: true, identity: { mode: 'serial' }, options })
    expect(payload(base, 'column:public.t.c')).toEqual({
      type: 'character varying(20)',
      notNull: true,
      default: "'x'::character varying",
      collation: '"C"',
      options,
    })
    expect(payload(base, 'column:public.t.d')).toEqual({ type: 'public.mood[]', notNull: false, default: "'{}'::public.mood[]", options })
    expect(payload(base, 'column:public.t.e')).toEqual({
      type: 'integer',
      notNull: false,
      generated: { expression: 'length((c)::text)', stored: true },
      options,
    })
    expect(payload(base, 'column:public.t.f')).toEqual({
      type: 'integer',
      notNull: false,
      default: "nextval('public.counter'::regclass)",
      options,
    })
    expect(payload(base, 'column:public.t.g')).toEqual({ type: 'numeric(10,2)', notNull: false, options })
    expect(payload(base, 'sequence:public.counter')).toMatchObject({ type: 'bigint', start: '5', ownedBy: 'column:public.t.f' })
    expect(payload(base, 'enum:public.mood')).toEqual({ values: ['sad', 'ok'], comment: 'how' })
    expect(base.facts.get('column:public.t.d')?.dependsOn).toEqual(['enum:public.mood'])
    expect(base.facts.get('column:public.t.f')?.dependsOn).toEqual(['sequence:public.counter'])
    expect(base.facts.has('schema:app')).toBe(true)
    expect(base.unmanaged).toEqual([])
  })

  it('reads options of columns and tables, without what the server keeps for itself', async () => {
    const base = await extracted(`
      CREATE UNLOGGED TABLE t (a text) WITH (fillfactor = 70, toast.autovacuum_enabled = false);
      ALTER TABLE t ALTER a SET STORAGE main; ALTER TABLE t ALTER a SET STATISTICS 50; ALTER TABLE t ALTER a SET (n_distinct = 5);
      ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE t FORCE ROW LEVEL SECURITY; ALTER TABLE t REPLICA IDENTITY FULL; COMMENT ON TABLE t IS 'things'`)
    expect(payload(base, 'column:public.t.a')).toEqual({
      type: 'text',
      notNull: false,
      options: { storage: 'main', statistics: '50', attributes: 'n_distinct=5' },
    })
    expect(payload(base, 'table:public.t')).toEqual({
      comment: 'things',
      options: {
        unlogged: true,
        fillfactor: '70',
        'toast.autovacuum_enabled': 'false',
        rowSecurity: true,
        forceRowSecurity: true,
        replicaIdentity: 'full',
      },
    })
  })

  it('reads constraints and indexes in their own order', async () => {
    const base = await extracted(`
      CREATE TABLE p (x int, y int, z int, PRIMARY KEY (y, x) INCLUDE (z), UNIQUE (z, x) DEFERRABLE INITIALLY DEFERRED);
      CREATE TABLE c (a int CONSTRAINT positive CHECK (a > 0) NO INHERIT, b int, s varchar(9) CHECK (s IN ('q', 'r')),
        CONSTRAINT up FOREIGN KEY (b, a) REFERENCES p (y, x) MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL);
      ALTER TABLE c ADD CONSTRAINT later CHECK (b > 0) NOT VALID;
      COMMENT ON CONSTRAINT up ON c IS 'parent';
      CREATE UNIQUE INDEX i ON c USING btree (lower(s) text_pattern_ops DESC NULLS LAST, b, s COLLATE "C") INCLUDE (a) WITH (fillfactor = 50) WHERE a IS NOT NULL;
      COMMENT ON INDEX i IS 'quick'`)
    expect(payload(base, 'constraint:public.p.p_pkey')).toEqual({
      type: 'primary',
      columns: ['y', 'x'],
      include: ['z'],
      named: true,
      options: {},
    })
    expect(payload(base, 'constraint:public.p.p_z_x_key')).toMatchObject({ columns: ['z', 'x'], deferrable: 'deferred' })
    expect(payload(base, 'constraint:public.c.positive')).toMatchObject({ columns: ['a'], expression: '(a > 0)', noInherit: true })
    expect(payload(base, 'constraint:public.c.later')).toMatchObject({ notValid: true })
    expect(payload(base, 'constraint:public.c.c_s_check')).toMatchObject({
      expression: "((s)::text = ANY (ARRAY[('q'::character varying)::text, ('r'::character varying)::text]))",
    })
    expect(payload(base, 'constraint:public.c.up')).toEqual({
      type: 'foreign',
      columns: ['b', 'a'],
      comment: 'parent',
      named: true,
      options: {},
      references: { schema: 'public', table: 'p', columns: ['y', 'x'], onDelete: 'set null', onUpdate: 'cascade', match: 'full' },
    })
    expect(base.facts.get('constraint:public.c.up')?.dependsOn).toContain('constraint:public.p.p_pkey')
    expect(payload(base, 'index:public.c.i')).toEqual({
      unique: true,
      method: 'btree',
      include: ['a'],
      where: '(a IS NOT NULL)',
      comment: 'quick',
      options: { fillfactor: '50' },
      keys: [
        { expression: 'lower(s::text)', descending: true, nulls: 'last', operatorClass: 'text_pattern_ops' },
        { column: 'b' },
        { column: 's', collation: '"C"' },
      ],
    })
  })

  it('names what it does not carry, and what depends on it, transitively', async () => {
    const base = await extracted(`
      CREATE SCHEMA app; CREATE TYPE app.tag; CREATE FUNCTION app.tag_in(cstring) RETURNS app.tag LANGUAGE internal STRICT IMMUTABLE AS 'int4in';
      CREATE FUNCTION app.tag_out(app.tag) RETURNS cstring LANGUAGE internal STRICT IMMUTABLE AS 'int4out'; CREATE TYPE app.tag (input = app.tag_in, output = app.tag_out, internallength = 4, passedbyvalue);
      CREATE TABLE t (id integer PRIMARY KEY, s text, a app.tag); CREATE INDEX ia ON t ((a IS NULL)); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT * FROM v;
      CREATE VIEW fine AS SELECT id FROM t; CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER tr INSTEAD OF INSERT ON w FOR EACH ROW EXECUTE FUNCTION tf()`)
    expect(reasons(base)).toEqual([
      'base type app.tag: A base type is not part of the model.',
      'column public.t.a: It depends on base type app.tag.',
      'function app.tag_in(cstring): It depends on base type app.tag.',
      'function app.tag_out(app.tag): It depends on base type app.tag.',
      'index public.t.ia: It depends on column public.t.a.',
      'trigger public.w.tr: It depends on view public.w.',
      'view public.v: It depends on base type app.tag.',
      'view public.w: It depends on base type app.tag.',
    ])
    expect([...base.facts.keys()]).toEqual(
      expect.arrayContaining(['table:public.t', 'column:public.t.id', 'view:public.fine', 'function:public.tf()']),
    )
  })

  it.runIf((target.major ?? 18) >= 18)('reads NOT NULL as an attribute of its column, with what it is as a constraint', async () => {
    const base = await extracted(`
      CREATE TABLE t (a int, b int NOT NULL NO INHERIT, c int NOT NULL, d date);
      ALTER TABLE t ADD CONSTRAINT later NOT NULL a NOT VALID; ALTER TABLE t ADD CONSTRAINT named NOT NULL d;
      ALTER TABLE t ADD CONSTRAINT never CHECK (a > 0) NOT ENFORCED`)
    expect(reasons(base)).toEqual([])
    expect(payload(base, 'column:public.t.a')).toMatchObject({ notNull: true, options: { notNullName: 'later', notNullNotValid: true } })
    expect(payload(base, 'column:public.t.b')).toMatchObject({ notNull: true, options: { notNullNoInherit: true } })
    expect(payload(base, 'column:public.t.c')).toMatchObject({ notNull: true, options: {} })
    expect(payload(base, 'column:public.t.d')).toMatchObject({ notNull: true, options: { notNullName: 'named' } })
    expect(payload(base, 'constraint:public.t.never')).toMatchObject({ options: { notEnforced: true } })
    expect([...base.facts.keys()].filter((id) => id.startsWith('constraint'))).toEqual(['constraint:public.t.never'])
  })

  it("keeps to its scope, and never shows what is Yama's own", async () => {
    const sql = `
      CREATE SCHEMA yama; CREATE TABLE yama.history (id integer); CREATE VIEW yama_history AS SELECT * FROM yama.history;
      CREATE SCHEMA app; CREATE TABLE app.users (id integer PRIMARY KEY); CREATE TABLE app.tmp_x (id integer); CREATE TABLE users (id integer REFERENCES app.users)`
    const keys = async (scope: Partial<Scope>): Promise<readonly string[]> =>
      [...(await extracted(sql, { ...EVERYTHING, ...scope })).facts.keys()].filter((id) => /^(table|schema|view)/.test(id)).sort()
    expect(await keys({})).toEqual(['schema:app', 'table:app.tmp_x', 'table:app.users', 'table:public.users'])
    expect(await keys({ schemas: ['app'] })).toEqual(['schema:app', 'table:app.tmp_x', 'table:app.users'])
    expect(await keys({ exclude: ['tmp_*'] })).toEqual(['schema:app', 'table:app.users', 'table:public.users'])
    expect(await keys({ include: ['app.*'] })).toEqual(['schema:app', 'table:app.tmp_x', 'table:app.users'])
    const outside = await extracted(sql, { ...EVERYTHING, schemas: ['public'] })
    expect(payload(outside, 'constraint:public.users.users_id_fkey')).toMatchObject({
      references: { schema: 'app', table: 'users', columns: ['id'] },
    })
  })

  it('reads views and materialized views with their indexes', async () => {
    const base = await extracted(`
      CREATE TABLE t (id integer PRIMARY KEY, n text); CREATE VIEW v WITH (security_barrier) AS SELECT id, n FROM t WITH CASCADED CHECK OPTION;
      COMMENT ON VIEW v IS 'some'; COMMENT ON COLUMN v.n IS 'name'; CREATE MATERIALIZED VIEW m AS SELECT n, count(*) AS c FROM t GROUP BY n; CREATE UNIQUE INDEX mi ON m (n)`)
    expect(payload(base, 'view:public.v')).toMatchObject({
      materialized: false,
      comment: 'some',
      columns: [
        { name: 'id', type: 'integer' },
        { name: 'n', type: 'text', comment: 'name' },
      ],
      options: { security_barrier: 'true', check_option: 'cascaded' },
    })
    expect(payload(base, 'view:public.m')).toMatchObject({
      materialized: true,
      columns: [
        { name: 'n', type: 'text' },
        { name: 'c', type: 'bigint' },
      ],
    })
    expect(base.facts.get('index:public.m.mi')).toMatchObject({
      parent: 'view:public.m',
      payload: { unique: true, keys: [{ column: 'n' }] },
    })
    expect(base.facts.get('view:public.v')?.dependsOn).toEqual(['column:public.t.id', 'column:public.t.n'])
  })
})
