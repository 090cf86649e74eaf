import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { supabaseConfig } from '@yama/core/files'
import { fixture, inExample, postgresTargets, type ExampleOptions, type ExampleProject } from './example-project.ts'

/** What the platform gives a project before its first migration. */
const PLATFORM = `CREATE SCHEMA auth;
CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('request.jwt.claim.sub', true), '')::uuid $$;
`
const options: ExampleOptions = {
  copies: { supabase: fixture('supabase') },
  config: { dialect: 'postgres', migrations: 'supabase/migrations' },
  environment: { setup: PLATFORM },
}
const policies = (project: ExampleProject): Promise<readonly unknown[]> =>
  project.sql('SELECT tablename, policyname, cmd, qual FROM pg_policies ORDER BY tablename')
const POLICIES = [
  { tablename: 'user_preferences', policyname: 'users_own_preferences', cmd: 'ALL', qual: '(auth.uid() = user_id)' },
  { tablename: 'users', policyname: 'users_self', cmd: 'SELECT', qual: '(auth.uid() = id)' },
]
const targets = postgresTargets.map((engine) => [engine.title, engine] as const)

it('the configuration beside the directory is read', () => {
  expect(supabaseConfig(fixture('supabase'))).toEqual({ majorVersion: 15, seedEnabled: true, seedPaths: ['./seed.sql'] })
})

it.each(targets)('the directory runs untouched and in order, the seed last (%s)', (_, engine) =>
  inExample(
    engine,
    async (project) => {
      await project.sql(PLATFORM)
      const plan = await project.yama('plan')
      // CONCURRENTLY is cut out of its file and runs alone; what follows it has a transaction again.
      expect(plan.output).toMatch(/outside a transaction:\n\s+CREATE INDEX CONCURRENTLY idx_activities_location/)
      const up = await project.yama('up')
      expect([up.code, up.output], up.output).toEqual([0, expect.stringContaining('4 applied in')])
      const { applied } = await project.data<{ readonly applied: readonly { readonly name: string }[] }>('status')
      expect(applied.map(({ name }) => name.slice(0, 14))).toEqual(['20240101000000', '20240102000000', '20240103000000', '20240104000000'])
      expect(
        await project.sql(
          `SELECT relname, indisvalid FROM pg_index JOIN pg_class ON oid = indexrelid WHERE relname LIKE 'idx_%' ORDER BY 1`,
        ),
      ).toEqual([
        { relname: 'idx_activities_location', indisvalid: true },
        { relname: 'idx_rsvps_activity_user', indisvalid: true },
      ])
      expect(await policies(project)).toEqual(POLICIES)
      expect(await project.sql('SELECT count(*)::int AS users FROM users')).toEqual([{ users: 0 }])
      expect((await project.yama('seed')).output).toContain('seeded supabase/seed.sql')
      expect(await project.sql('SELECT email, email_notifications FROM users ORDER BY email')).toEqual([
        { email: 'a@example.org', email_notifications: true },
        { email: 'b@example.org', email_notifications: false },
      ])
    },
    options,
  ),
)

it.each(targets)('the policy survives a generated change of its table, up, down and up (%s)', (_, engine) =>
  inExample(
    engine,
    async (project) => {
      await project.sql(PLATFORM)
      expect((await project.yama('up')).code).toBe(0)
      const pulled = await project.yama('pull')
      expect(pulled.code, pulled.output).toBe(0)
      expect(pulled.output).toContain('(100.0 %)')
      const again = await project.yama('generate')
      expect([again.code, again.output], again.output).toEqual([0, expect.stringContaining('Nothing to generate')])
      const file = readdirSync(join(project.directory, 'schema')).find((name) => /preference/.test(name)) ?? ''
      const text = readFileSync(join(project.directory, 'schema', file), 'utf8')
      project.write(
        `schema/${file}`,
        text.replace(/^( +)preferenceKey:.*$/m, (line, indent: string) => `${line}\n${indent}note: text?`),
      )
      const generated = await project.yama('generate', 'preference_note', '--prove')
      expect([generated.code, generated.output], generated.output).toEqual([0, expect.stringContaining('proved:')])
      const column = `SELECT count(*)::int AS n FROM information_schema.columns WHERE table_name = 'user_preferences' AND column_name = 'note'`
      await project.sql(`INSERT INTO user_preferences (preference_key) VALUES ('theme')`)
      for (const [words, n] of [
        [['up'], 1],
        [['down'], 0],
        [['up'], 1],
      ] as const) {
        const ran = await project.confirmed(...words)
        expect(ran.code, ran.output).toBe(0)
        expect(await project.sql(column)).toEqual([{ n }])
        expect(await policies(project)).toEqual(POLICIES)
        expect(await project.sql('SELECT preference_key FROM user_preferences')).toEqual([{ preference_key: 'theme' }])
      }
    },
    options,
  ),
)
