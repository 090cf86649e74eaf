import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { PORTABLE_TYPES } from '@yama/schema'
import { typesOf } from '../src/types/type-mapping.ts'

it('docs/reference/types.md says what the mapping does', () => {
  const page = readFileSync(new URL('../../../docs/reference/types.md', import.meta.url), 'utf8')
  const section = page.slice(page.indexOf('## MySQL and MariaDB'))
  const rows = [...section.matchAll(/^\| `(?<name>[a-z]+)` \| `(?<mysql>[^`]+)` \| `(?<mariadb>[^`]+)` \|/gm)].map(({ groups }) => ({
    ...groups,
  }))
  const plain = (kind: 'mysql' | 'mariadb', name: (typeof PORTABLE_TYPES)[number]): string =>
    typesOf(kind).toNative({ name, parameters: [], array: 0 }).sql
  expect(rows).toEqual(PORTABLE_TYPES.map((name) => ({ name, mysql: plain('mysql', name), mariadb: plain('mariadb', name) })))
})
