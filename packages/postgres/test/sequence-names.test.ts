import { describe, it } from 'vitest'
import { servers } from './runtime-database.ts'
import { throughStates, type State } from './states.ts'

const STATES: readonly State[] = [
  ['of a table', 'CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s)); CREATE TABLE b (id int)'],
  ['of another one', 'CREATE TABLE c (id int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s)); CREATE TABLE b (id int)'],
  ['of a table that stays', 'CREATE TABLE b (id int, n int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s))'],
  ['of its own', 'CREATE TABLE b (id int, n int NOT NULL); CREATE SEQUENCE s'],
  ['of a table that was renamed', 'CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY); ALTER TABLE a RENAME TO b'],
  ['of the table that it is called after', 'CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY)'],
]

describe.each(servers)('the name of a sequence, on $name', ({ url }) => {
  it('goes from one owner to another', { timeout: 60_000 }, async () => {
    await throughStates(url, STATES)
  })
})
