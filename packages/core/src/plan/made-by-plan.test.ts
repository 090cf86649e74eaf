import { expect, test } from 'vitest'
import type { StatementEffect } from '../contract/statement.ts'
import { madeByPlan } from './made-by-plan.ts'

const effect = (verb: string, object: string): StatementEffect => ({ verb, object, class: 'ddl', loss: 'none' })

test('a table made by the plan is known under its present name', () => {
  const made = madeByPlan()
  made.see('CREATE TABLE public.users (id int)', effect('CREATE TABLE', 'public.users'))
  expect(made.has('users')).toBe(true)
  made.see('ALTER TABLE users RENAME TO "people"', effect('ALTER TABLE … RENAME', 'users'))
  expect([made.has('users'), made.has('"people"')]).toEqual([false, true])
  made.see('DROP TABLE people', effect('DROP TABLE', 'people'))
  expect(made.has('people')).toBe(false)
})

test('a table that may have been there before is not', () => {
  const made = madeByPlan()
  made.see('CREATE TABLE IF NOT EXISTS users (id int)', effect('CREATE TABLE', 'users'))
  made.see('ALTER TABLE other RENAME TO fresh', effect('ALTER TABLE … RENAME', 'other'))
  expect([made.has('users'), made.has('fresh'), made.has(undefined)]).toEqual([false, false, false])
})

test('a column that is renamed leaves its table as it is', () => {
  const made = madeByPlan()
  made.see('CREATE TABLE users (a int)', effect('CREATE TABLE', 'users'))
  made.see('ALTER TABLE users RENAME COLUMN a TO b', effect('ALTER TABLE … RENAME', 'users'))
  expect(made.has('users')).toBe(true)
})

test('where nothing was ever run, only the tables that are there can lose anything', () => {
  const made = madeByPlan(['users', 'storage.objects', 'objects'])
  expect([made.has('users'), made.has('storage.objects'), made.has('fresh'), made.has('Public."Fresh"')]).toEqual([
    false,
    false,
    true,
    true,
  ])
})
