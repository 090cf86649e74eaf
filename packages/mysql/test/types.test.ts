import { describe, expect, it } from 'vitest'
import { PORTABLE_TYPES, type PortableType } from '@yama/schema'
import { facts, inDatabase, schemaServers } from './schema-server.ts'

const portable = (name: PortableType['name'], ...parameters: readonly number[]): PortableType => ({ name, parameters, array: 0 })
/** Types with the same words on the server: what is read back is the first of them. */
const SAME: Readonly<Record<string, string>> = {
  jsonb: 'json',
  citext: 'text',
  xml: 'text',
  tsvector: 'text',
  timetz: 'time',
  money: 'decimal',
  varbit: 'binary',
}

describe.each(schemaServers.map((server) => [server.kind, server] as const))('types of %s', (kind, server) => {
  const { types } = server.schema

  it('are what the server prints, or become it', async () => {
    await inDatabase(server, async (connection) => {
      const columns = PORTABLE_TYPES.map((name) => `\`${name}\` ${types.toNative(portable(name)).sql} NULL`)
      await connection.execute(`CREATE TABLE t (${columns.join(', ')}) ROW_FORMAT=DYNAMIC`)
      const found = await facts(connection)
      for (const name of PORTABLE_TYPES) {
        const column = found.facts.get(`column:t.${name}`)
        if (column?.kind !== 'column') throw new Error(`there is no column ${name}`)
        const read = types.toPortable(column.payload.type)
        // Those that are stored as a text of some length are read as that.
        if (read?.name === 'string' && name !== 'string') continue
        if (read === undefined) expect(['uuid', 'inet'], name).toContain(name)
        else expect(read.name, name).toBe(name === 'uuid' && kind === 'mysql' ? 'char' : (SAME[name] ?? name))
      }
    })
  })

  it.each([
    ['tinyint(1)', 'boolean', []],
    [kind === 'mariadb' ? 'int(11)' : 'int', 'int', []],
    ['varchar(20)', 'string', [20]],
    ['decimal(10,2)', 'decimal', [10, 2]],
    ['datetime', 'timestamplocal', [0]],
    ['timestamp(6)', 'timestamp', []],
    ['longblob', 'binary', []],
    ['varbinary(16)', 'binary', [16]],
  ] as const)('%s is read as %s', (sql, name, parameters) => {
    expect(types.toPortable(sql)).toEqual({ name, parameters, array: 0 })
    expect(types.toNative(portable(name, ...parameters)).sql.replace('int', 'int')).toBe(sql === 'int(11)' ? 'int' : sql)
  })

  it.each(['int(5)', 'int unsigned', "enum('a')", 'mediumint', 'text', 'year', 'double(8,2)'])('%s stays as it is', (sql) => {
    expect(types.toPortable(sql)).toBeUndefined()
  })

  it('says what a type loses', () => {
    expect(types.toNative({ name: 'int', parameters: [], array: 1 })).toMatchObject({ sql: 'json', lossy: expect.any(String) as unknown })
    expect(types.toNative(portable('timestamp')).lossy).toMatch(/2038/)
    expect(types.toNative(portable('int')).lossy).toBeUndefined()
  })

  it.each([
    [{ literal: "it's" }, portable('string'), "'it''s'"],
    [{ literal: 5 }, portable('int'), '5'],
    [{ literal: true }, portable('boolean'), '1'],
    [{ literal: null }, portable('int'), 'NULL'],
    [{ function: 'now' }, portable('timestamp'), 'CURRENT_TIMESTAMP(6)'],
    [{ function: 'now' }, portable('timestamplocal', 0), 'CURRENT_TIMESTAMP'],
    [{ function: 'gen_uuid' }, portable('uuid'), 'uuid()'],
    [{ json: '{}' }, portable('json'), "('{}')"],
  ] as const)('the default %j', (value, type, sql) => {
    expect(types.defaultToNative(value, type)).toBe(sql)
  })

  it('reads defaults back', () => {
    expect(types.defaultToPortable("'it''s'", 'varchar(20)')).toEqual({ literal: "it's" })
    expect(types.defaultToPortable('-5', 'int')).toEqual({ literal: -5 })
    expect(types.defaultToPortable('0', 'tinyint(1)')).toEqual({ literal: false })
    expect(types.defaultToPortable('0.00', 'decimal(14,2)')).toEqual({ literal: 0 })
    expect(types.defaultToPortable('-12.50', 'decimal(14,2)')).toEqual({ literal: -12.5 })
    expect(types.defaultToPortable('0.00', 'double')).toEqual({ sql: '0.00' })
    expect(types.defaultToPortable('0.1234567890123456789', 'decimal(30,19)')).toEqual({ sql: '0.1234567890123456789' })
    expect(types.defaultToPortable('current_timestamp(6)', 'timestamp(6)')).toEqual({ function: 'now' })
    expect(types.defaultToPortable("_utf8mb4'x'", 'text')).toEqual({ literal: 'x' })
    // An expression, which the server tells from the literal.
    expect(types.defaultToPortable("_utf8mb4'x'", 'varchar(20)')).toEqual({ sql: "_utf8mb4'x'" })
    expect(types.defaultToPortable("_utf8mb4'{}'", 'json')).toEqual({ json: '{}' })
    expect(types.defaultToPortable("concat('a','b')", 'varchar(9)')).toEqual({ sql: "concat('a','b')" })
  })
})

it.skipIf(schemaServers.length > 0)('types of MySQL or MariaDB: no server answers', () => undefined)
