import { describe, expect, it } from 'vitest'
import { example, inExample, postgresTargets, TABLES, type ExampleProject } from './example-project.ts'

const emails = `INSERT INTO users (email, email_notifications) VALUES ('a@example.org', true), (NULL, true)`
const hasColumn = async (project: ExampleProject): Promise<boolean> =>
  (
    await project.sql(
      `SELECT 1 AS one FROM information_schema.columns WHERE table_name = 'activities' AND column_name = 'max_participants'`,
    )
  ).length === 1
const names = async (project: ExampleProject, list: 'applied' | 'pending'): Promise<readonly string[]> =>
  (await project.data<Readonly<Record<string, readonly { readonly name: string }[]>>>('status'))[list]?.map(({ name }) => name) ?? []

describe.each(postgresTargets.map((engine) => [engine.title, engine] as const))('on %s', (_, engine) => {
  it('modify_schema with a NULL email: stopped at its line with the words of the server, nothing of it kept', () =>
    inExample(engine, async (project) => {
      project.write('migrations/001_tables.sql', TABLES)
      expect((await project.yama('up')).code).toBe(0)
      await project.sql(emails)
      project.write('migrations/002_modify_schema.sql', example('modify_schema.sql'))
      const failed = await project.yama('up')
      expect(failed.code, failed.output).toBe(8)
      expect(failed.output).toContain(
        'YAMA_MIGRATION_FAILED: migrations/002_modify_schema.sql:5:1: column "email" of relation "users" contains null values',
      )
      expect(await hasColumn(project)).toBe(false)
      expect([await names(project, 'applied'), await names(project, 'pending')]).toEqual([['001_tables'], ['002_modify_schema']])
    }))

  it('pre_check: the block is one statement, and its exception is the message; without the reason for it the run goes on', () =>
    inExample(engine, async (project) => {
      project.write('migrations/001_tables.sql', TABLES)
      expect((await project.yama('up')).code).toBe(0)
      await project.sql(emails)
      project.write('migrations/002_pre_check.sql', example('pre_check.sql'))
      project.write('migrations/003_modify_schema.sql', example('modify_schema.sql'))
      const { sql } = { sql: (await project.yama('plan', '--to', '002_pre_check', '--sql')).output }
      expect(sql.match(/^DO \$\$$/gm)).toHaveLength(1)
      const failed = await project.yama('up')
      expect([failed.code, failed.output]).toEqual([8, expect.stringContaining('Cannot add NOT NULL constraint: null emails exist')])
      expect(await hasColumn(project)).toBe(false)
      expect(await names(project, 'pending')).toEqual(['002_pre_check', '003_modify_schema'])
      await project.sql(`UPDATE users SET email = 'b@example.org' WHERE email IS NULL`)
      expect((await project.yama('up')).output).toContain('2 applied in')
      expect(await hasColumn(project)).toBe(true)
    }))

  it('move_data: another run does not double its rows', () =>
    inExample(engine, async (project) => {
      project.write('migrations/001_tables.sql', TABLES)
      project.write(
        'migrations/002_preferences.sql',
        'CREATE TABLE user_preferences (user_id UUID, preference_key TEXT, preference_value JSONB);',
      )
      project.write('migrations/003_modify_schema.sql', example('modify_schema.sql'))
      expect((await project.yama('up')).code).toBe(0)
      await project.sql(
        `INSERT INTO users (email, email_notifications) VALUES ('a@example.org', true), ('b@example.org', false); INSERT INTO activities DEFAULT VALUES`,
      )
      project.write('migrations/004_move_data.sql', example('move_data.sql'))
      expect((await project.yama('up')).output).toContain('1 applied in')
      const moved = `SELECT (SELECT count(*)::int FROM user_preferences) AS preferences, (SELECT max_participants FROM activities) AS limit`
      expect(await project.sql(moved)).toEqual([{ preferences: 1, limit: 50 }])
      for (let run = 0; run < 2; run++) expect((await project.yama('up')).output).toContain('0 applied: already at 004_move_data')
      expect(await project.sql(moved)).toEqual([{ preferences: 1, limit: 50 }])
    }))

  it('rollback.sql as a Down: the column goes, the constraint that went with it is only a notice', () =>
    inExample(engine, async (project) => {
      project.write('migrations/001_tables.sql', TABLES)
      project.write('migrations/002_limit.up.sql', example('modify_schema.sql'))
      project.write('migrations/002_limit.down.sql', example('rollback.sql'))
      expect((await project.yama('up')).output).toContain('2 applied in')
      expect(await hasColumn(project)).toBe(true)
      const down = await project.confirmed('down')
      expect([down.code, down.output], down.output).toEqual([0, expect.stringContaining('1 reverted in')])
      expect(await hasColumn(project)).toBe(false)
      expect((await project.yama('up')).code).toBe(0)
      expect(await hasColumn(project)).toBe(true)
    }))
})
