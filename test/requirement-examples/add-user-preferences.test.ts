import { expect, it } from 'vitest'
import { parseSqlMigration } from '@yama/core/files'
import { postgres } from '@yama/postgres'
import { example, inExample, postgresTargets } from './example-project.ts'

const file = 'migrations/add_user_preferences.migrate.sql'
const there = `SELECT to_regclass('user_preferences')::text AS table, to_regclass('idx_user_preferences_user_id')::text AS index`

it.each(postgresTargets.map((engine) => [engine.title, engine] as const))(
  'add_user_preferences works as it stands: up, down, up (%s)',
  (_, engine) =>
    inExample(engine, async (project) => {
      await project.sql('CREATE TABLE users (id BIGSERIAL PRIMARY KEY)')
      project.write(file, example('add_user_preferences.migrate.sql'))
      const up = await project.yama('up')
      expect(up, up.output).toMatchObject({ code: 0, output: expect.stringContaining('1 applied in') })
      expect(await project.sql(there)).toEqual([{ table: 'user_preferences', index: 'idx_user_preferences_user_id' }])
      const unconfirmed = await project.yama('down')
      expect([unconfirmed.code, unconfirmed.output]).toEqual([4, expect.stringContaining('YAMA_CONFIRM_NEEDED')])
      expect((await project.confirmed('down')).output).toContain('1 reverted in')
      expect(await project.sql(there)).toEqual([{ table: null, index: null }])
      expect((await project.yama('up')).code).toBe(0)
      expect(await project.sql(there)).toEqual([{ table: 'user_preferences', index: 'idx_user_preferences_user_id' }])
    }),
)

it('metadata after the marker is metadata, and only the half above Down runs', () => {
  const dialect = postgres({ url: 'postgres://localhost/never_connected' })
  const { up, down, metadata } = parseSqlMigration(example('add_user_preferences.migrate.sql'), file, dialect)
  expect({ up: up.length, down: down?.length, ...metadata }).toEqual({
    up: 2,
    down: 1,
    description: 'Add user preferences table',
    author: 'Developer Name',
    date: '2024-01-15',
    other: {},
  })
})
