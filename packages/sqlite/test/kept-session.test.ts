import { createYama, type Migration } from '@yama/core'
import { parseSqlMigration } from '@yama/core/files'
import { sqlite } from '@yama/sqlite'
import { memorySource } from '@yama/testkit'
import { expect, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

it('a PRAGMA of one migration does not hold for the next one', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'yama-kept-'))
  try {
    const dialect = sqlite({ url: `sqlite:${join(directory, 'app.db')}` })
    const files = [
      'CREATE TABLE parent (id INTEGER PRIMARY KEY); CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent (id), n INTEGER CHECK (n > 0))',
      '-- +migrate Up notransaction\nPRAGMA foreign_keys = OFF;\nPRAGMA ignore_check_constraints = ON;\nPRAGMA legacy_alter_table = ON;',
      'INSERT INTO child VALUES (1, 7, 1)',
      'INSERT INTO child VALUES (2, NULL, -1)',
    ]
    const migrations = files.map((text, at): Migration => parseSqlMigration(text, `00${String(at + 1)}_m.sql`, dialect))
    await using yama = createYama({ dialect, sources: [memorySource(migrations)] })
    for (const reason of [/FOREIGN KEY/, /FOREIGN KEY/]) await expect(yama.apply(await yama.plan({ up: 'latest' }))).rejects.toThrow(reason)
    const last = migrations.filter((_, at) => at !== 2)
    await using other = createYama({ dialect, sources: [memorySource(last)] })
    await expect(other.apply(await other.plan({ up: 'latest' }))).rejects.toThrow(/CHECK/)
  } finally {
    rmSync(directory, { recursive: true })
  }
})
