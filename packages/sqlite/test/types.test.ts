import { expect, it } from 'vitest'
import { PORTABLE_TYPES, type PortableDefault, type PortableType } from '@yama/schema'
import { load, schema } from './open-memory.ts'

const { types } = schema
const plain = (name: PortableType['name'], ...parameters: number[]): PortableType => ({ name, parameters, array: 0 })

it.each(PORTABLE_TYPES)('%s comes back from what it is stored as', (name) => {
  expect(types.toPortable(types.toNative(plain(name)).sql)).toEqual(plain(name))
})

it('keeps parameters where they mean something', () => {
  expect(types.toNative(plain('string', 120)).sql).toBe('VARCHAR(120)')
  expect(types.toPortable('varchar( 120 )')).toEqual(plain('string', 120))
  expect(types.toPortable('DECIMAL(10,2)')).toEqual(plain('decimal', 10, 2))
  expect(types.toPortable('NVARCHAR(160)')).toBeUndefined()
  expect(types.toPortable('INT')).toBeUndefined()
  expect(types.toPortable('')).toBeUndefined()
  expect(types.toNative({ name: 'string', parameters: [], array: 1 }).sql).toBe('JSON')
})

const defaults: readonly (readonly [PortableDefault, PortableType])[] = [
  [{ literal: "it's" }, plain('string', 9)],
  [{ literal: 0 }, plain('int')],
  [{ literal: -1.5 }, plain('decimal')],
  [{ literal: true }, plain('boolean')],
  [{ literal: false }, plain('boolean')],
  [{ literal: '007' }, plain('text')],
  [{ function: 'now' }, plain('timestamp')],
  [{ function: 'today' }, plain('date')],
  [{ function: 'gen_uuid' }, plain('uuid')],
  [{ json: '{"a":[1]}' }, plain('json')],
  [{ literal: '' }, plain('string')],
  [{ sql: '1234567890.0123456789' }, plain('decimal', 20, 10)],
]
it.each(defaults)('default %j of %j comes back, and SQLite takes it', async (value, type) => {
  const native = types.toNative(type).sql
  const expression = types.defaultToNative(value, type)
  await using database = await load(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, a ${native} DEFAULT (${expression})); INSERT INTO t (id) VALUES (1)`,
  )
  const { rows } = await database.execute('SELECT dflt_value FROM pragma_table_xinfo(?) WHERE name = ?', ['t', 'a'])
  expect(types.defaultToPortable(String(rows[0]?.['dflt_value']), native)).toEqual(value)
})

it('makes UUIDs of version 4', async () => {
  await using database = await load(
    `CREATE TABLE t (id ${types.toNative(plain('uuid')).sql} DEFAULT (${types.defaultToNative({ function: 'gen_uuid' }, plain('uuid'))}), n INT); INSERT INTO t (n) VALUES (1), (2)`,
  )
  const { rows } = await database.execute('SELECT id FROM t')
  for (const { id } of rows) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(rows.map(({ id }) => id)).size).toBe(2)
})
