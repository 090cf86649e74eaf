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
    ['stellar-horizon-sql-migrate/migrations', 'postgres', 72, 72],
    ['gitness-golang-migrate/postgres', 'postgres', 96, 68],
    ['gitness-golang-migrate/sqlite', 'sqlite', 93, 68],
    ['pocket-id-golang-migrate/postgres', 'postgres', 64, 63],
    ['pocket-id-golang-migrate/sqlite', 'sqlite', 72, 71],
    ['supabase-storage/tenant', 'postgres', 63, 0],
    ['supabase-storage/multitenant', 'postgres', 28, 0],
    ['liam-supabase/supabase/migrations', 'postgres', 91, 0],
    ['umami-prisma/prisma/migrations', 'postgres', 19, 0],
    ['crates-io-diesel/migrations', 'postgres', 285, 285],
    ['homarr-drizzle/sqlite', 'sqlite', 42, 0],
    ['homarr-drizzle/postgresql', 'postgres', 10, 0],
    ['kratos-pop/sql', 'postgres', 346, 0],
    ['kratos-pop/sql', 'sqlite', 694, 0],
    ['requirement-examples/numbered', 'sqlite', 6, 0],
    ['requirement-examples/supabase/migrations', 'postgres', 4, 0],
    ['peer-atlas-import/dbmate', 'mysql', 2, 0],
    ['peer-goose/testing/integration/testdata/migrations/mysql', 'mysql', 6, 0],
    ['memos/sqlite/0.19', 'sqlite', 6, 0],
  ]
  for (const [folder, kind, count, downs] of whole) {
    test(`${folder} on ${kind}`, async () => {
      const { migrations, refused } = await load(folder, kind)
      expect(refused.slice(0, 10)).toEqual([])
      expect([migrations.length, migrations.filter((each) => each.down !== undefined).length]).toEqual([count, downs])
    })
  }
})
