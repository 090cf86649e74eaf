import { expect, test } from 'vitest'
import { workplace } from '../history/command.ts'

test('what is defined twice, and otherwise, is found', async () => {
  using made = workplace(
    {
      'migrations/001_core_tables.sql': 'CREATE TABLE accounts (id INTEGER PRIMARY KEY, name VARCHAR(100) NOT NULL);\n',
      'migrations/003_members.sql':
        'CREATE TABLE members (id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE);\n',
      'migrations/017_complete_schema.sql':
        'CREATE TABLE IF NOT EXISTS accounts (id INTEGER PRIMARY KEY, name VARCHAR(100) NOT NULL);\nCREATE TABLE IF NOT EXISTS members (id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE RESTRICT);\n',
    },
    'sqlite:./own.db',
  )
  const found = await made.json('check', '--files-only')
  expect(found.ok).toBe(true)
  expect(found.diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    expect.stringMatching(/^YAMA_CHECK_REPEATED .*017_complete_schema.* creates the accounts, which 001_core_tables has created already/),
    expect.stringMatching(/^YAMA_CHECK_CONTRADICTION .*members.*ON DELETE CASCADE.*ON DELETE RESTRICT/),
  ])
  // Dropped in between, it is no second definition.
  made.write('migrations/016_away.sql', 'DROP TABLE members;\nDROP TABLE accounts;\n')
  expect((await made.json('check', '--files-only')).diagnostics).toEqual([])
})
