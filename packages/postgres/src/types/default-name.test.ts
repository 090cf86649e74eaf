import { expect, it } from 'vitest'
import { asideName, asideSchema, defaultName, defaultSequenceName } from './default-name.ts'

const long = 'a'.repeat(70)

it.each([
  ['primary', 'users', ['id'], 'users_pkey'],
  ['unique', 'users', ['tenant', 'email'], 'users_tenant_email_key'],
  ['foreign', 'posts', ['author_id'], 'posts_author_id_fkey'],
  ['check', 'users', ['age'], 'users_age_check'],
  ['check', 'users', ['age', 'name'], 'users_check'],
  ['index', 'users', ['email'], 'users_email_idx'],
  ['exclusion', 'rooms', ['room', 'during'], 'rooms_room_during_excl'],
  ['primary', long, ['id'], `${'a'.repeat(58)}_pkey`],
  ['unique', long, [long], `${'a'.repeat(29)}_${'a'.repeat(29)}_key`],
] as const)('%s of %s', (kind, table, columns, expected) => {
  expect(defaultName(kind, table, columns)).toBe(expected)
})

it('never splits a character', () => {
  expect(defaultSequenceName('ü'.repeat(40), 'id')).toBe(`${'ü'.repeat(28)}_id_seq`)
})

it('what is put aside has a name of its own that the server does not cut', () => {
  expect(asideName('price')).toBe('price__old')
  for (const name of ['x'.repeat(63), `${'é'.repeat(31)}x`]) {
    const names = [asideName(name), asideName(name, '_multi')]
    expect(names.map((each) => Buffer.byteLength(each) <= 63)).toEqual([true, true])
    expect(new Set([name, ...names]).size).toBe(3)
  }
})

it('schemas for tables that are made anew differ where the tables do', () => {
  const long = 'é'.repeat(31)
  const names = [
    asideSchema('public', 't'),
    asideSchema('a', 't'),
    asideSchema('b', 't'),
    asideSchema('a', long),
    asideSchema('a', `${long}x`),
  ]
  expect(names[0]).toBe('yama_aside_t')
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63)
})
