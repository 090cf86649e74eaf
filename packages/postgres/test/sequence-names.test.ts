import { describe, it } from 'vitest'
import { servers } from './runtime-database.ts'
import { throughStates, type State } from './states.ts'

const STATES: readonly State[] = [
  ['of a table', 'CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s)); CREATE TABLE b (id int)'],
  ['of another one', 'CREATE TABLE c (id int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s)); CREATE TABLE b (id int)'],
  ['of a table that stays', 'CREATE TABLE b (id int, n int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s))'],
  ['of its own', 'CREATE TABLE b (id int, n int NOT NULL); CREATE SEQUENCE s'],
  ['of a table that was renamed', 'CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY); ALTER TABLE a RENAME TO b'],
  [
    'of the table that it is called after, which refers',
    'CREATE TABLE a (id serial PRIMARY KEY); CREATE TABLE r (a_id int REFERENCES a (id))',
  ],
  [
    'of a table that was renamed, to which another one refers',
    'CREATE TABLE a (id serial PRIMARY KEY); ALTER TABLE a RENAME TO b; CREATE TABLE r (id int REFERENCES b (id))',
  ],
  [
    'of its own, given to a column',
    'CREATE SEQUENCE s; CREATE TABLE f (id int DEFAULT nextval($$s$$) CONSTRAINT g_pkey PRIMARY KEY); ALTER SEQUENCE s OWNED BY f.id; CREATE TABLE p (id serial, n smallserial)',
  ],
  [
    'of its own, given to a column of another table, and with the bounds of another type',
    `CREATE SEQUENCE s; CREATE TABLE g (id int DEFAULT nextval($$s$$) PRIMARY KEY); ALTER SEQUENCE s OWNED BY g.id;
    CREATE SEQUENCE p_id_seq MAXVALUE 2147483647; CREATE TABLE p (id int NOT NULL DEFAULT nextval($$p_id_seq$$), n int)`,
  ],
  ['of the table that it is called after', 'CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY)'],
]

describe.each(servers)('the name of a sequence, on $name', ({ url }) => {
  it('goes from one owner to another', { timeout: 60_000 }, async () => {
    await throughStates(url, STATES)
  })
})
