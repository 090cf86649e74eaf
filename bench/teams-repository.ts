import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const entity = (at: number, extra = ''): string =>
  `entities:\n  Table${at}:\n    table: table_${at}\n    fields:\n      id: int! primary\n      name: string(50)?\n      note: string(50)?\n      size: int?\n      state: string(20)?\n${extra}`
const migration = (id: string, parents: string, up: string, down: string): string =>
  `-- id: ${id}\n-- parents: ${parents}\n\n-- +migrate Up\n${up};\n\n-- +migrate Down\n${down};\n`

/** The five migrations of one table. */
const steps = (at: number): readonly (readonly [up: string, down: string])[] => [
  [`CREATE TABLE table_${at} (id INTEGER PRIMARY KEY)`, `DROP TABLE table_${at}`],
  ...['name varchar(50)', 'note varchar(50)', 'size INTEGER', 'state varchar(20)'].map(
    (column) =>
      [`ALTER TABLE table_${at} ADD COLUMN ${column}`, `ALTER TABLE table_${at} DROP COLUMN ${column.split(' ')[0] ?? ''}`] as const,
  ),
]

/**
 * A git repository with a migration for each step of `tables` tables, their entities, and branches that each add a column of their own;
 * the last of them is checked out.
 */
export function teamsRepository(tables: number, branches: number): string {
  const directory = mkdtempSync(join(tmpdir(), 'yama-bench-'))
  const git = (...words: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false', ...words], {
      cwd: directory,
      stdio: 'ignore',
    })
  }
  for (const each of ['schema', 'migrations']) mkdirSync(join(directory, each))
  writeFileSync(join(directory, 'yama.config.ts'), "export default { dialect: 'sqlite' }\n")
  writeFileSync(join(directory, '.gitignore'), '.yama\n')
  let last = 'none'
  for (const [number, [up, down]] of Array.from({ length: tables }, (_, at) => steps(at))
    .flat()
    .entries()) {
    const id = `m_${number}`
    writeFileSync(join(directory, 'migrations', `${20_260_101_000_000 + number}_step.sql`), migration(id, last, up, down))
    last = id
  }
  for (let at = 0; at < tables; at++) writeFileSync(join(directory, 'schema', `table_${at}.yaml`), entity(at))
  git('init', '-q', '-b', 'main')
  git('add', '-A')
  git('commit', '-qm', 'base')
  for (let branch = 0; branch < branches; branch++) {
    git('checkout', '-q', 'main')
    git('checkout', '-qb', `feature-${branch}`)
    writeFileSync(join(directory, 'schema', `table_${branch}.yaml`), entity(branch, `      extra: int?\n`))
    const column = `ALTER TABLE table_${branch}`
    writeFileSync(
      join(directory, 'migrations', `${20_260_201_000_000 + branch}_extra.sql`),
      migration(`m_extra_${branch}`, last, `${column} ADD COLUMN extra INTEGER`, `${column} DROP COLUMN extra`),
    )
    git('add', '-A')
    git('commit', '-qm', `extra ${branch}`)
  }
  return directory
}
