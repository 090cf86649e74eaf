import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { sqliteEngine } from '../corpus/databases.ts'
import { example, inExample, postgresTargets } from './example-project.ts'

const first = ['001_core_tables', '002_indexes_and_constraints', '003_user_management', '999_data_cleanup']

it.each([sqliteEngine, ...postgresTargets].map((engine) => [engine.title, engine] as const))(
  'a file that appears below an applied number is late, and runs when that is allowed (%s)',
  (_, engine) =>
    inExample(engine, async (project) => {
      for (const name of first) project.write(`migrations/${name}.sql`, example(`numbered/${name}.sql`))
      const up = await project.yama('up')
      expect([up.code, up.output], up.output).toEqual([0, expect.stringContaining('4 applied in')])
      project.write('migrations/022_add_new_feature.sql', example('numbered/022_add_new_feature.sql'))
      const refused = await project.yama('up')
      expect(refused.code).toBe(4)
      expect(refused.output).toContain(
        'YAMA_HISTORY_LATE: The migration 022_add_new_feature (migrations/022_add_new_feature.sql) comes before 999_data_cleanup, which is already applied.',
      )
      expect((await project.yama('status')).output).toContain('022_add_new_feature')
      const allowed = await project.yama('up', '--allow-late', '022_add_new_feature')
      expect([allowed.code, allowed.output], allowed.output).toEqual([0, expect.stringContaining('1 applied in')])
      await project.sql('SELECT plan FROM accounts')
      const after = await project.yama('up')
      expect([after.code, after.output]).toEqual([0, expect.stringContaining('0 applied')])
      expect((await project.yama('new', 'next')).output).toContain('wrote migrations/023_next.sql')
      expect(existsSync(join(project.directory, 'migrations/023_next.sql'))).toBe(true)
      project.write('migrations/023_next.sql', '')
      const empty = await project.yama('up')
      expect([empty.code, empty.output]).toEqual([
        65,
        expect.stringContaining('YAMA_SOURCE_EMPTY: migrations/023_next.sql has no statement to run.'),
      ])
    }),
)
