import type { DatabaseKind } from '@yama/core'
import { describe, expect, test } from 'vitest'
import { workplace } from './command.ts'
import { answeringServers } from './databases.ts'

const file = (needs: string): string => `-- needs: ${needs}\ncreate table a (id int primary key);\n`

/** What each database has, and what it has not. */
const there: Readonly<Record<DatabaseKind, { readonly met: string; readonly missing: readonly string[] }>> = {
  postgres: {
    met: 'server >= 12, postgres >= 12, mysql >= 99, extension plpgsql, privilege create, privilege usage on schema public, privilege superuser, setting server_encoding = UTF8',
    missing: ['postgres >= 99', 'extension no_such_extension', 'setting wal_level = nothing', 'setting no.such_setting = 1'],
  },
  mysql: {
    met: 'server >= 8.0, mysql >= 8.0, mariadb >= 99, extension InnoDB, privilege create, setting autocommit = ON',
    missing: ['mysql >= 99', 'extension no_such_plugin', 'privilege no_such_privilege', 'setting no_such_setting = 1'],
  },
  mariadb: {
    met: 'server >= 10.6, mariadb >= 10.6, mysql >= 99, extension InnoDB, privilege create, setting autocommit = ON',
    missing: ['mariadb >= 99', 'extension no_such_plugin', 'privilege no_such_privilege', 'setting no_such_setting = 1'],
  },
  sqlite: {
    met: 'server >= 3.35, sqlite >= 3.35, postgres >= 99, extension fts5, privilege create, setting foreign_keys = 1',
    missing: ['sqlite >= 99', 'extension no_such_module', 'setting no_such_pragma = 1', 'setting foreign_keys = 0'],
  },
}

describe.each(answeringServers)('needs on $name', ({ create, kind }) => {
  test('what is there lets the migration run; what is not is refused before anything runs', async () => {
    await using database = await create()
    using made = workplace(
      { 'migrations/001_a.sql': file(there[kind].met), 'migrations/002_b.sql': 'create table b (id int primary key);\n' },
      database.url,
    )
    for (const need of there[kind].missing) {
      made.write('migrations/003_c.sql', `-- needs: server >= 1, ${need}\ncreate table c (id int primary key);\n`)
      const refused = await made.json('up')
      expect(refused, need).toMatchObject({
        exitCode: 65,
        reason: 'YAMA_NEEDS_MISSING',
        diagnostics: [{ message: expect.stringContaining(need), file: 'migrations/003_c.sql' }],
      })
    }
    expect((await made.json('status')).data['applied']).toEqual([])
    made.write('migrations/003_c.yaml', 'needs: [server >= 1]\nup:\n  - sql: create table c (id int primary key)\n')
    made.remove('migrations/003_c.sql')
    expect(await made.json('up')).toMatchObject({ ok: true, data: { applied: ['001_a', '002_b', '003_c'] } })
    // It is no part of the meaning: a need that was forgotten may be written later.
    made.write('migrations/002_b.sql', '-- needs: server >= 1\ncreate table b (id int primary key);\n')
    expect(await made.json('status', '--exit-code')).toMatchObject({ ok: true, data: { edited: [] } })
  })

  test('a program and an environment variable are looked for where the run is started', async () => {
    await using database = await create()
    using made = workplace({ 'migrations/001_a.sql': file('tool node, env PATH') }, database.url)
    for (const [need, found] of [
      ['tool no-such-program', 'no such program is on the PATH'],
      ['env YAMA_NO_SUCH_VARIABLE', 'the variable is not set'],
    ] as const) {
      made.write('migrations/002_b.sql', `-- needs: ${need}\ncreate table b (id int primary key);\n`)
      expect(await made.json('up')).toMatchObject({
        exitCode: 65,
        reason: 'YAMA_NEEDS_MISSING',
        diagnostics: [{ message: expect.stringContaining(`${need}; ${found}`) }],
      })
    }
    made.remove('migrations/002_b.sql')
    expect(await made.json('up')).toMatchObject({ ok: true, data: { applied: ['001_a'] } })
  })

  test('the configuration may say what every database needs', async () => {
    await using database = await create()
    const config = (needs: string): string => JSON.stringify({ environments: { dev: { url: database.url } }, needs: [needs] })
    using made = workplace({ 'migrations/001_a.sql': file('server >= 1'), 'yama.config.json': config('server >= 99') })
    expect(await made.json('plan')).toMatchObject({ exitCode: 65, reason: 'YAMA_NEEDS_MISSING' })
    made.write('yama.config.json', config('nonsense'))
    expect(await made.json('up')).toMatchObject({ exitCode: 65, reason: 'YAMA_NEEDS_INVALID' })
    made.write('yama.config.json', config('server >= 1'))
    expect(await made.json('up')).toMatchObject({ ok: true })
  })
})
