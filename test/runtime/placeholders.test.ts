import { createYama, YamaError, type Yama } from '@yama/core'
import { fileHooks, migrationFiles, withPlaceholders, type PlaceholderOptions } from '@yama/core/files'
import { describe, expect, test } from 'vitest'
import { everyDatabase, type OwnDatabase } from './every-database.ts'
import { fileProject } from './file-project.ts'

const secret = 'hunter2-of-the-vault'

describe.each(await everyDatabase())('placeholders on $name', ({ kind, open }) => {
  const yamaOf = ({ dialect }: OwnDatabase, root: string, placeholders: PlaceholderOptions): Yama =>
    createYama({
      dialect,
      sources: [withPlaceholders(migrationFiles({ directory: 'migrations', root, dialect }), kind, placeholders)],
      plugins: [fileHooks({ directory: 'migrations/hooks', root, dialect, placeholders })],
    })

  test('are filled in what runs, in the digest, and nowhere in the history; secrets are in what is sent alone', async () => {
    using made = fileProject({
      'migrations/001_a.sql': 'CREATE TABLE ${prefix}_people (name VARCHAR(60));\n',
      'migrations/002_b.sql': "INSERT INTO ${prefix}_people VALUES ('${env}'), ('${password}'), ('\\${env}');\n",
      'migrations/R__c.sql': "INSERT INTO ${prefix}_people VALUES ('again in ${env}');\n",
      'migrations/hooks/after-run.sql': "INSERT INTO ${prefix}_people VALUES ('hook ${password}');\n",
    })
    await using database = await open(made.directory)
    let reads = 0
    const values = { prefix: 'app', env: 'dev', password: { secret: async () => (reads++, secret) } }
    const yama = yamaOf(database, made.directory, { values })
    const plan = await yama.plan({ up: 'latest' })
    expect(JSON.stringify(plan)).toContain("INSERT INTO app_people VALUES ('dev'), ('${password}'), ('${env}')")
    if (kind !== 'postgres' || database.url !== 'pglite:memory') {
      await using other = yamaOf(database, made.directory, { values: { ...values, env: 'prod' } })
      expect((await other.plan({ up: 'latest' })).digest).not.toBe(plan.digest)
    }
    expect(reads).toBe(0)
    await yama.apply(plan)
    expect(reads).toBeGreaterThan(0)
    await yama[Symbol.asyncDispose]()
    const rows = await database.query('SELECT name FROM app_people')
    expect(rows.map(({ name }) => name).toSorted()).toEqual(['${env}', 'again in dev', 'dev', `hook ${secret}`, secret])

    // Another value is no edit, and nothing has to run again.
    await using later = yamaOf(database, made.directory, { values: { ...values, env: 'prod', prefix: 'other' } })
    const status = await later.status()
    expect([status.edited, status.pending, status.repeatable]).toEqual([[], [], []])
    expect(JSON.stringify([await later.history(), status])).not.toContain(secret)
  })

  test('what the server says about a statement with a secret does not repeat it', async () => {
    using made = fileProject({
      'migrations/001_a.sql': "SELECT 1;\nINSERT INTO nothing_${password} VALUES ('${password}');\n",
    })
    await using database = await open(made.directory)
    const word = 'hunter2'
    await using yama = yamaOf(database, made.directory, { values: { password: { secret: async () => word } } })
    const failure = await yama.apply(await yama.plan({ up: 'latest' })).catch((error: unknown) => error)
    if (!YamaError.is(failure)) throw failure
    expect(failure).toMatchObject({ position: { file: 'migrations/001_a.sql', line: 2 } })
    expect(failure.message).toContain('nothing_${password}')
    const { cause } = failure
    const all = [
      failure.message,
      failure.hint,
      JSON.stringify(failure.data),
      String(cause),
      JSON.stringify(cause),
      cause instanceof Error ? cause.stack : '',
    ]
    expect(all.join('\n')).not.toContain(word)
    expect(JSON.stringify(await yama.history())).not.toContain(word)
  })
})
