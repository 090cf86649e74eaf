import { expect, test } from 'vitest'
import { codeOwnersOf, readCodeOwners } from './code-owners.ts'

test.each<[pattern: string, path: string, fits: boolean]>([
  ['*', 'a/b.sql', true],
  ['*.sql', 'a/b.sql', true],
  ['*.sql', 'a/b.ts', false],
  ['/migrations/', 'migrations/deep/a.sql', true],
  ['/migrations/', 'app/migrations/a.sql', false],
  ['migrations/', 'app/migrations/a.sql', true],
  ['migrations', 'app/migrations/a.sql', true],
  ['docs/*', 'docs/a.md', true],
  ['docs/*', 'docs/deep/a.md', false],
  ['docs/**', 'docs/deep/a.md', true],
  ['/app/**/schema', 'app/x/y/schema/users.yaml', true],
  ['**/logs', 'deep/logs/x', true],
  ['/a.sql', 'b/a.sql', false],
  ['a+b(c).sql', 'x/a+b(c).sql', true],
  ['/my\\ dir/', 'my dir/a.sql', true],
])('%s and %s: %s', (pattern, path, fits) => {
  expect(codeOwnersOf(readCodeOwners(`${pattern} @dba`), path)).toEqual(fits ? [['@dba']] : [])
})

test('the last line that fits counts, a line without owners means nobody', () => {
  const rules = readCodeOwners('# all\n* @all\n/migrations/ @dba ada@example.org # us\n/migrations/free.sql\n')
  expect(codeOwnersOf(rules, 'x.ts')).toEqual([['@all']])
  expect(codeOwnersOf(rules, 'migrations/1.sql')).toEqual([['@dba', 'ada@example.org']])
  expect(codeOwnersOf(rules, 'migrations/free.sql')).toEqual([])
})

test('each section of GitLab has owners of its own, and nobody of an optional one has to agree', () => {
  const rules = readCodeOwners('* @all\n[Database][2] @dba\n*.sql\n/x.sql @x\n^[Docs] @docs\n*.sql\n')
  expect(codeOwnersOf(rules, 'a.sql')).toEqual([['@all'], ['@dba']])
  expect(codeOwnersOf(rules, 'x.sql')).toEqual([['@all'], ['@x']])
})
