import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createYama } from '@yama/core'
import { migrationFiles } from '@yama/core/files'
import { sqlite } from '@yama/sqlite'

const root = process.env['YAMA_CORPUS_DIR']
if (root === undefined) console.warn('packages/sqlite/test/directories.test.ts: skipped, YAMA_CORPUS_DIR is not set')

/** Directories as other tools left them, without a file that needs a function of the application and one of no bytes. */
const directories = [
  { name: 'pocket-id', path: 'pocket-id-golang-migrate/sqlite', skip: ['20250705000000_normalize'], tables: 22 },
  { name: 'gitness', path: 'gitness-golang-migrate/sqlite', skip: ['0053_alter_cde_tables'], tables: 60 },
]

describe.skipIf(root === undefined)(root === undefined ? 'directories (YAMA_CORPUS_DIR is not set)' : 'directories run untouched', () => {
  it.each(directories)('$name', async ({ path, skip, tables }) => {
    const directory = join(root ?? '', path)
    const dialect = sqlite({ file: ':memory:' })
    // One database in memory for every connection of the run.
    const connection = await dialect.connect()
    const shared = { ...dialect, connect: async () => ({ ...connection, [Symbol.asyncDispose]: async () => undefined }) }
    await using yama = createYama({
      dialect: shared,
      sources: [migrationFiles({ directory, root: directory, dialect: shared, skip })],
      skip,
    })
    const plan = await yama.plan({ up: 'latest' })
    await yama.apply(plan, { confirm: plan.digest })
    expect((await yama.status()).pending).toEqual([])
    const { rows } = await connection.execute(
      "SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'yama_%'",
    )
    expect(rows).toEqual([{ n: tables }])
    expect((await connection.execute('PRAGMA foreign_keys')).rows).toEqual([{ foreign_keys: 1 }])
    expect((await connection.execute('SELECT count(*) AS n, min(success) AS ok FROM yama_history')).rows).toEqual([
      { n: plan.migrations.length, ok: 1 },
    ])
    const heads = (await connection.execute('SELECT name FROM yama_current_version')).rows.map((row) => row['name'])
    expect(heads).toContain(plan.migrations.at(-1)?.node.migration.name)
    await connection[Symbol.asyncDispose]()
  })
})
