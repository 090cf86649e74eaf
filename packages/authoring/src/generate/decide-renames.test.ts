import { factBase, memberId, objectId, type AnyFact } from '@yama/schema'
import { expect, test } from 'vitest'
import { decideRenames } from './decide-renames.ts'

const table = (name: string): AnyFact => ({
  kind: 'table',
  id: objectId('table', '', name),
  schema: '',
  name,
  payload: { options: {} },
  dependsOn: [],
})
const column = (owner: string, name: string, type: string, position: number): AnyFact => ({
  kind: 'column',
  id: memberId('column', '', owner, name),
  schema: '',
  name,
  parent: objectId('table', '', owner),
  payload: { type, notNull: true, options: {} },
  dependsOn: [],
  position,
})
const columns = [
  ['id', 'INTEGER'],
  ['email', 'TEXT'],
  ['age', 'INT'],
  ['city', 'TEXT'],
] as const
const base = (name: string, changed: Readonly<Record<string, string>> = {}) =>
  factBase('sqlite3:s1', [table(name), ...columns.map(([column_, type], index) => column(name, changed[column_] ?? column_, type, index))])

test('a decided table asks about its columns next, and nothing is dropped in silence', async () => {
  const before = base('users')
  const after = base('people', { age: 'years' })
  const questions: string[][] = []
  const renames = await decideRenames(before, after, {
    ask: (open) => {
      questions.push(open.map(({ id }) => id))
      return Promise.resolve(Object.fromEntries(open.map(({ id }) => [id, 'rename'])))
    },
  })
  expect(questions).toEqual([['table:users'], ['column:users.age']])
  expect(renames).toEqual(expect.arrayContaining([{ from: 'table:users', to: 'table:people' }]))
  expect(renames.some(({ to }) => to === 'column:people.years')).toBe(true)
})

test('without anybody to ask, every open question is listed', async () => {
  const refused = expect.objectContaining({ code: 'YAMA_DECISION_NEEDED' }) as unknown
  await expect(decideRenames(base('users'), base('people'), {})).rejects.toEqual(refused)
})

test('an answer to no question is refused', async () => {
  const same = base('users')
  await expect(decideRenames(same, same, { answers: { 'table:other': 'drop' } })).rejects.toMatchObject({ code: 'YAMA_DECISION_UNKNOWN' })
})

test('two columns do not become one', async () => {
  const before = base('users')
  const one = base('users', { city: 'address' })
  const after = factBase(
    one.tag,
    [...one.facts.values()].filter(({ name }) => name !== 'email'),
  )
  const both = { 'column:users.email': 'rename', 'column:users.city': 'rename' }
  await expect(decideRenames(before, after, { answers: both })).rejects.toMatchObject({
    code: 'YAMA_DECISION_CONFLICT',
    message: expect.stringMatching(/column users\.(email|city) and column users\.(email|city) to column users\.address/) as unknown,
  })
  const answers = { ...both, 'column:users.email': 'drop' }
  expect(await decideRenames(before, after, { answers })).toEqual([{ from: 'column:users.city', to: 'column:users.address' }])
})
