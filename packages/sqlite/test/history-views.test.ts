import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createYama } from '@yama/core'
import { memorySource, sqlMigration } from '@yama/testkit'
import { sqlite } from '@yama/sqlite'

it('shows the history to people with a SQL prompt', async () => {
  const dialect = sqlite({ file: join(mkdtempSync(join(tmpdir(), 'yama-sqlite-')), 'h.db') })
  const good = sqlMigration({ id: '001_users', up: 'CREATE TABLE users (id INTEGER PRIMARY KEY)', down: 'DROP TABLE users' })
  const bad = sqlMigration({ id: '002_bad', up: 'CREATE TABLE users (id)', down: 'DROP TABLE users' })
  await using yama = createYama({ dialect, sources: [memorySource([good])] })
  await yama.apply(await yama.plan({ up: 'latest' }))
  await using failing = createYama({ dialect, sources: [memorySource([good, bad])] })
  await expect(failing.apply(await failing.plan({ up: 'latest' }))).rejects.toMatchObject({ code: 'YAMA_MIGRATION_FAILED' })

  await using connection = await dialect.connect()
  const view = async (name: string): Promise<readonly Record<string, unknown>[]> => (await connection.execute(`SELECT * FROM ${name}`)).rows
  expect(await view('yama_current_version')).toMatchObject([{ version: '001', name: '001_users' }])
  const back = await yama.plan({ down: 1 })
  await yama.apply(back, { confirm: back.digest })
  expect(await view('yama_history')).toMatchObject([
    { version: '001', name: '001_users', success: 1, direction: 'up', error_message: null, checksum: expect.stringMatching(/^y1:/) },
    { name: '002_bad', success: 0, direction: 'up', error_message: expect.stringContaining('already exists') },
    { version: '001', success: 1, direction: 'down' },
  ])
  expect(Object.keys((await view('yama_history'))[0] ?? {})).toEqual(
    expect.arrayContaining([
      'version',
      'name',
      'checksum',
      'applied_at',
      'execution_time_ms',
      'success',
      'error_message',
      'applied_by',
      'direction',
    ]),
  )
  expect(await view('yama_current_version')).toEqual([])
  await using lock = await dialect.acquireLock(connection, 'default', { waitMs: 0 })
  expect(await view('yama_lock')).toMatchObject([{ key: 'default', pid: process.pid, token: lock.token }])
})
