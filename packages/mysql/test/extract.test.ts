import { describe, expect, it } from 'vitest'
import { childrenOfKind, difference, stateHash } from '@yama/schema'
import { extract } from '../src/extract/extract.ts'
import { change, connectTo, everything, facts, inDatabase, run, schemaServers, type SchemaServer } from './schema-server.ts'

const SCHEMA = `
CREATE TABLE users (
  id bigint unsigned AUTO_INCREMENT PRIMARY KEY,
  email varchar(200) NOT NULL COMMENT 'it''s',
  role enum('user', 'admin') NOT NULL DEFAULT 'user',
  settings json,
  secret varchar(20) COLLATE utf8mb4_bin INVISIBLE,
  updated_at datetime(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  name_length int AS (char_length(email)) STORED,
  UNIQUE KEY email_key (email),
  KEY prefixed (email(10), role DESC) COMMENT 'for search',
  CONSTRAINT short CHECK (char_length(email) > 3)
) COMMENT='People';
CREATE TABLE posts (id int PRIMARY KEY, user_id bigint unsigned, KEY by_user (user_id), CONSTRAINT owner FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE);
CREATE VIEW emails AS SELECT email FROM users;
CREATE TRIGGER lower BEFORE INSERT ON users FOR EACH ROW SET NEW.email = lower(NEW.email);
CREATE FUNCTION twice(x int) RETURNS int DETERMINISTIC RETURN x * 2;`

const payload = async (server: SchemaServer, script: string, id: string): Promise<unknown> =>
  inDatabase(server, async (connection) => {
    await run(connection, script)
    return (await facts(connection)).facts.get(id)?.payload
  })

describe.each(schemaServers.map((server) => [server.kind, server] as const))('extraction from %s', (kind, server) => {
  it('reads what a table consists of', async () => {
    await inDatabase(server, async (connection) => {
      await run(connection, SCHEMA)
      const found = await facts(connection)
      const of = (id: string): unknown => found.facts.get(id)?.payload
      expect(found.tag).toBe(`${kind}${String(connection.server.major)}:s6`)
      expect(found.unmanaged).toEqual([])
      expect(of('table:users')).toEqual({ comment: 'People', options: {} })
      expect(of('column:users.id')).toMatchObject({ notNull: true, identity: { mode: 'default' } })
      expect(of('column:users.email')).toMatchObject({ type: 'varchar(200)', notNull: true, comment: "it's", options: {} })
      expect(of('column:users.role')).toMatchObject({ type: "enum('user','admin')", default: "'user'" })
      // On MariaDB a text with a check, which is what its JSON is.
      expect(of('column:users.settings')).toEqual({ type: 'json', notNull: false, options: {} })
      expect(of('column:users.secret')).toMatchObject({ collation: 'utf8mb4_bin', options: { invisible: true } })
      expect(of('column:users.name_length')).toMatchObject({ generated: { stored: true } })
      expect(of('constraint:users.PRIMARY')).toMatchObject({ type: 'primary', columns: ['id'] })
      expect(of('constraint:users.email_key')).toMatchObject({ type: 'unique', columns: ['email'] })
      expect(of('constraint:users.short')).toMatchObject({ type: 'check', columns: ['email'] })
      expect(of('index:users.prefixed')).toMatchObject({
        unique: false,
        comment: 'for search',
        keys: [
          { column: 'email', prefixLength: 10 },
          { column: 'role', descending: true },
        ],
      })
      expect(of('constraint:posts.owner')).toMatchObject({
        references: { table: 'users', columns: ['id'], onDelete: 'cascade', onUpdate: 'no action' },
      })
      expect(found.facts.get('view:emails')?.dependsOn).toEqual(['table:users', 'column:users.email'])
      expect(of('trigger:users.lower')).toMatchObject({ definition: expect.stringContaining('BEFORE INSERT ON `users`') as unknown })
      expect(of('function:twice')).toMatchObject({ type: 'function', definition: expect.not.stringContaining('DEFINER') as unknown })
      expect(childrenOfKind(found, 'table:users', 'column').map(({ name }) => name)).toEqual([
        'id',
        'email',
        'role',
        'settings',
        'secret',
        'updated_at',
        'name_length',
      ])
    })
  })

  it('reads what a trigger does as it was written, and objects whose names begin as statements do', async () => {
    const body = String.raw`SET NEW.a = concat('it''s', '\\d\n', "q\"q", '😀')`
    await inDatabase(server, async (connection) => {
      await run(
        connection,
        `CREATE TABLE \`create\` (a varchar(20));CREATE TRIGGER \`create\` BEFORE INSERT ON \`create\` FOR EACH ROW ${body}`,
      )
      const found = await facts(connection)
      expect(found.facts.get('column:create.a')?.payload).toMatchObject({ type: 'varchar(20)' })
      expect(found.facts.get('trigger:create.create')?.payload).toMatchObject({
        definition: `CREATE TRIGGER \`create\` BEFORE INSERT ON \`create\` FOR EACH ROW\n${body}`,
      })
    })
  })

  it('says the same of a database that is made from it, under another name and with other settings of the session', async () => {
    await inDatabase(server, async (source) => {
      await run(source, SCHEMA)
      const wanted = await facts(source)
      await inDatabase(server, async (copy) => {
        await change(copy, wanted, server)
        await copy.execute("SET sql_mode = '', time_zone = '+05:00', character_set_results = latin1")
        const made = await facts(copy)
        expect(difference(made, wanted)).toEqual([])
        expect(stateHash(made)).toBe(stateHash(wanted))
      })
    })
  })

  it('takes two round trips, however many tables there are', async () => {
    await inDatabase(server, async (connection) => {
      for (let count = 0; count < 20; count++) await connection.execute(`CREATE TABLE t${String(count)} (id int PRIMARY KEY)`)
      let trips = 0
      const counting: typeof connection = {
        ...connection,
        execute: (...words) => (trips++, connection.execute(...words)),
        batch: (...words) => (trips++, connection.batch(...words)),
      }
      expect((await extract(counting, everything)).facts.size).toBe(60)
      expect(trips).toBe(2)
    })
  })

  it('says of a table that its statement has parts which are not modelled, and leaves it alone', async () => {
    const script =
      kind === 'mysql'
        ? 'CREATE TABLE t (a int) TABLESPACE = innodb_system'
        : 'CREATE TABLE m (a int) ENGINE = MyISAM; CREATE TABLE t (a int) ENGINE = MERGE UNION = (m)'
    await inDatabase(server, async (connection) => {
      await run(connection, script)
      const found = await facts(connection)
      expect(found.unmanaged).toMatchObject([{ kind: 'table part', table: 'table:t' }])
      expect(found.unmanaged[0]?.definition).toBeUndefined()
      const wanted = await inDatabase(server, async (other) => {
        await run(other, script.replaceAll('a int', 'a bigint'))
        return await facts(other)
      })
      await expect(change(connection, wanted, server)).rejects.toMatchObject({ code: 'YAMA_SCHEMA_UNMANAGED_DEPENDS' })
    })
  })

  it('knows when an event begins only where somebody said it', async () => {
    await inDatabase(server, async (connection) => {
      await run(
        connection,
        "CREATE EVENT a ON SCHEDULE EVERY 1 DAY DO SELECT 1; CREATE EVENT b ON SCHEDULE EVERY 1 DAY STARTS '2035-01-01 03:00:00' DO SELECT 1",
      )
      const { facts: found } = await facts(connection)
      expect(found.get('function:a(event)')?.payload).toMatchObject({
        type: 'event',
        definition: expect.not.stringContaining('STARTS') as unknown,
      })
      expect(found.get('function:b(event)')?.payload).toMatchObject({
        definition: expect.stringContaining("STARTS '2035-01-01 03:00:00'") as unknown,
      })
    })
  })

  it('names the kinds of objects that the server does not show to this user', async () => {
    await inDatabase(server, async (connection) => {
      const { database } = connection.server
      const user = `${database.slice(-12)}_reader`
      await run(connection, SCHEMA)
      expect((await facts(connection)).unmanaged).toEqual([])
      const hidden = async (...privileges: readonly string[]): Promise<readonly string[]> => {
        await connection.execute(`DROP USER IF EXISTS ${user}`)
        await connection.execute(`CREATE USER ${user}`)
        await connection.execute(`GRANT ${privileges.join(', ')} ON \`${database.replaceAll('_', String.raw`\_`)}\`.* TO ${user}`)
        const url = Object.assign(new URL(server.url), { username: user, password: '' }).href
        await using reader = await connectTo({ ...server, url }, database)
        await reader.execute("SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'")
        return (await facts(reader)).unmanaged.map(({ kind, name }) => `${kind} ${name}`)
      }
      try {
        expect(await hidden('SELECT', 'SHOW VIEW')).toEqual(['trigger *', 'event *', 'routine *'])
        expect(await hidden('SELECT', 'SHOW VIEW', 'TRIGGER', 'EVENT')).toEqual(['routine *'])
        expect(await hidden('ALL')).not.toContain('routine *')
      } finally {
        await connection.execute(`DROP USER IF EXISTS ${user}`)
      }
    })
  })

  it('keeps to its scope', async () => {
    await inDatabase(server, async (connection) => {
      await run(connection, 'CREATE TABLE app_a (id int); CREATE TABLE tmp_b (id int); CREATE TABLE yama_meta (id int);')
      const names = async (scope: Partial<typeof everything>): Promise<readonly string[]> =>
        [...(await extract(connection, { ...everything, ...scope })).facts.values()]
          .filter(({ kind: of }) => of === 'table')
          .map(({ name }) => name)
      expect(await names({})).toEqual(['app_a', 'tmp_b'])
      expect(await names({ include: ['app_*'] as never })).toEqual(['app_a'])
      expect(await names({ exclude: ['tmp_*'] as never })).toEqual(['app_a'])
    })
  })

  it.runIf(kind === 'mariadb')('names a view that the server has and cannot print, and reads the rest', async () => {
    await inDatabase(server, async (connection) => {
      await run(
        connection,
        `CREATE TABLE t (id int) WITH SYSTEM VERSIONING; CREATE VIEW past AS SELECT id FROM t FOR SYSTEM_TIME ALL; CREATE VIEW above AS SELECT id FROM past;
        CREATE VIEW plain AS SELECT id FROM t; ALTER TABLE t DROP SYSTEM VERSIONING`,
      )
      const base = await facts(connection)
      expect([...base.facts.keys()].filter((id) => !id.startsWith('column:'))).toEqual(['table:t', 'view:plain'])
      expect(base.unmanaged.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
        'above: The server cannot print it: Table `t` is not system-versioned.',
        'past: The server cannot print it: Table `t` is not system-versioned.',
      ])
    })
  })

  it('reads texts as they are meant', async () => {
    const script = String.raw`CREATE TABLE t (a varchar(20) DEFAULT 'it''s \\ \n' COMMENT 'a''b\\c', b int DEFAULT -5, c varchar(9) DEFAULT '(a,b)')`
    expect(await payload(server, script, 'column:t.a')).toMatchObject({ comment: String.raw`a'b\c` })
    expect(await payload(server, script, 'column:t.b')).toMatchObject({ default: '-5' })
    expect(await payload(server, script, 'column:t.c')).toMatchObject({ default: "'(a,b)'" })
  })
})

it.skipIf(schemaServers.length > 0)('extraction of MySQL or MariaDB: no server answers', () => undefined)
