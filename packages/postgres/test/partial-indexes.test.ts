import { describe, it } from 'vitest'
import { servers } from './runtime-database.ts'
import { fromEntitiesAlone, throughStates, type State } from './states.ts'

const TABLES = `CREATE TABLE p (a int, b int) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
  CREATE TABLE p3 PARTITION OF p FOR VALUES IN (3) PARTITION BY LIST (b); CREATE TABLE p31 PARTITION OF p3 FOR VALUES IN (1); CREATE TABLE p32 PARTITION OF p3 FOR VALUES IN (2);`
const ONE = 'CREATE INDEX i ON ONLY p (b); CREATE INDEX i1 ON p1 (b); ALTER INDEX i ATTACH PARTITION i1;'
const BELOW = `CREATE INDEX k ON ONLY p (a, b); CREATE INDEX k3 ON ONLY p3 (a, b); CREATE INDEX k31 ON p31 (a, b); ALTER INDEX k3 ATTACH PARTITION k31; ALTER INDEX k ATTACH PARTITION k3;`

const STATES: readonly State[] = [
  ['no index', TABLES],
  ['of none', `${TABLES} CREATE INDEX i ON ONLY p (b)`],
  ['of one', `${TABLES} ${ONE}`],
  ['of one, and one beside', `${TABLES} ${ONE} CREATE INDEX i2 ON p2 (b)`],
  ['of two', `${TABLES} ${ONE} CREATE INDEX i2 ON p2 (b); ALTER INDEX i ATTACH PARTITION i2`],
  ['of one', `${TABLES} ${ONE}`],
  ['of a new one', `${TABLES} ${ONE} CREATE TABLE p4 PARTITION OF p FOR VALUES IN (4)`],
  ['below', `${TABLES} ${ONE} ${BELOW}`],
  ['whole', `${TABLES} CREATE INDEX i ON p (b)`],
  ['of some below', `${TABLES} CREATE INDEX l ON ONLY p3 (b); CREATE INDEX l1 ON p31 (b); ALTER INDEX l ATTACH PARTITION l1; ${BELOW}`],
  [
    'keys',
    `${TABLES} ALTER TABLE ONLY p ADD CONSTRAINT u UNIQUE (a, b); ALTER TABLE p1 ADD CONSTRAINT u1 UNIQUE (a, b); ALTER INDEX u ATTACH PARTITION u1`,
  ],
  ['no index', TABLES],
]

describe.each(servers)('an index that does not reach every partition, on $name', ({ url }) => {
  it('is carried, made and changed', { timeout: 240_000 }, () => throughStates(url, STATES))

  it('comes back from its entities alone', { timeout: 240_000 }, () => fromEntitiesAlone(url, STATES))
})
