import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DatabaseKind, type Diagnostic, YamaError } from '@yama/core'
import { migrationFiles } from '@yama/core/files'
import { describe, expect, test } from 'vitest'
import { corpusPath, hasCorpus } from './corpus.ts'
import { fileDialect } from './file-dialect.ts'

const load = async (folder: string, kind: DatabaseKind, skip: readonly string[] = []) => {
  const root = corpusPath(folder.split('/')[0] ?? '')
  try {
    return {
      migrations: await migrationFiles({ directory: corpusPath(folder), root, dialect: fileDialect(kind), skip }).load(),
      refused: [],
    }
  } catch (error) {
    if (!YamaError.is(error)) throw error
    return {
      migrations: [],
      refused: (error.data as Diagnostic[]).map(
        ({ code, message, position }) => `${code} ${position?.file}:${position?.line}:${position?.column} ${message}`,
      ),
    }
  }
}

const run = hasCorpus ? describe : describe.skip
run('directories of real projects, untouched (YAMA_CORPUS_DIR)', () => {
  const whole: readonly [folder: string, kind: DatabaseKind, count: number, downs: number][] = [
    ['stellar-horizon-sql-migrate/migrations', 'postgres', 72, 71],
    ['gitness-golang-migrate/postgres', 'postgres', 96, 65],
    ['pocket-id-golang-migrate/postgres', 'postgres', 64, 62],
    ['pocket-id-golang-migrate/sqlite', 'sqlite', 72, 71],
    ['supabase-storage/tenant', 'postgres', 63, 0],
    ['supabase-storage/multitenant', 'postgres', 28, 0],
    ['liam-supabase/supabase/migrations', 'postgres', 91, 0],
    ['umami-prisma/prisma/migrations', 'postgres', 19, 0],
    ['homarr-drizzle/sqlite', 'sqlite', 42, 0],
    ['homarr-drizzle/postgresql', 'postgres', 10, 0],
    ['requirement-examples/numbered', 'sqlite', 6, 0],
    ['requirement-examples/supabase/migrations', 'postgres', 4, 0],
    ['peer-atlas-import/dbmate', 'mysql', 2, 1],
    ['memos/sqlite/0.19', 'sqlite', 1, 0],
  ]
  for (const [folder, kind, count, downs] of whole) {
    test(`${folder} on ${kind}`, async () => {
      const { migrations, refused } = await load(folder, kind)
      expect(refused.slice(0, 10)).toEqual([])
      expect([migrations.length, migrations.filter((each) => each.down !== undefined).length]).toEqual([count, downs])
    })
  }
  for (const [folder, kind, count] of whole.filter((each) => each[2] > 50)) {
    test(`${folder} on ${kind} is the same from the cache`, async () => {
      const kept = mkdtempSync(join(tmpdir(), 'yama-reading-'))
      const options = { directory: corpusPath(folder), root: corpusPath(folder), dialect: fileDialect(kind) }
      const cached = migrationFiles({ ...options, cache: { file: join(kept, 'cache.json'), version: '1' } })
      await cached.load()
      expect(existsSync(join(kept, 'cache.json'))).toBe(count > 50)
      expect(await cached.load()).toEqual(await migrationFiles(options).load())
      rmSync(kept, { recursive: true })
    })
  }

  test('files without a statement or a remark, and names without a number, are refused by name and can be skipped', async () => {
    const refused = async (folder: string, kind: DatabaseKind) =>
      (await load(folder, kind)).refused.map((each) => each.split(' ').slice(0, 2).join(' '))
    expect((await load('gitness-golang-migrate/sqlite', 'sqlite')).migrations).toHaveLength(93)
    expect((await load('gitness-golang-migrate/sqlite', 'sqlite', ['0053_alter_cde_tables'])).migrations).toHaveLength(92)
    expect(await refused('crates-io-diesel/migrations', 'postgres')).toEqual(['YAMA_SOURCE_NAMES migrations/data_oauth_github.sql:1:1'])
    const diesel = await load('crates-io-diesel/migrations', 'postgres', ['data_oauth_github.sql'])
    expect(diesel.migrations).toHaveLength(285)
    const kratos = await refused('kratos-pop/sql', 'postgres')
    expect(kratos.every((each) => each.startsWith('YAMA_SOURCE_EMPTY '))).toBe(true)
    expect(await refused('peer-goose/testing/integration/testdata/migrations/mysql', 'mysql')).toHaveLength(1)
    expect(await refused('kestra-flyway/postgres', 'postgres')).toEqual(['YAMA_SOURCE_NAMES postgres/V1_10__multitenant_indices.sql:1:1'])
  })

  test('BEGIN and COMMIT around a file are left out, and what runs alone stays alone', async () => {
    const { migrations } = await load('pocket-id-golang-migrate/sqlite', 'sqlite')
    const steps = migrations.flatMap((each) => [...each.up, ...(each.down ?? [])])
    expect(steps.filter((step) => step.kind === 'sql' && /^(BEGIN|COMMIT)\b/i.test(step.text))).toEqual([])
    const modes = migrations
      .find((each) => each.name === '20251024000000_webauthn_credential_params')
      ?.up.map((step) => (step.kind === 'sql' ? step.transaction : ''))
    expect(modes).toEqual(['none', 'any', 'none'])
  })
})
