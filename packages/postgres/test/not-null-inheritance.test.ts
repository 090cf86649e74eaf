import { describe, it } from 'vitest'
import { servers } from './runtime-database.ts'
import { fromEntitiesAlone, throughStates, type State } from './states.ts'

const family = (parent: string, child = 'CREATE TABLE c () INHERITS (p);'): string =>
  `CREATE TABLE p (a int, b int); ${parent} ${child} CREATE TABLE g () INHERITS (c);`

const SAID = 'ALTER TABLE p ADD CONSTRAINT nn NOT NULL a;'
const KEPT = 'ALTER TABLE p ADD CONSTRAINT nn NOT NULL a NO INHERIT;'

/** A NOT NULL that reaches children, one that does not, and what children say besides. Each is changed to the next one and back. */
const STATES: readonly State[] = [
  ['all have it', family(SAID)],
  ['the parent alone has it', family(KEPT)],
  ['inheritable afterwards', `${family(KEPT)} ALTER TABLE p ALTER CONSTRAINT nn INHERIT`],
  ['kept afterwards, and the children keep it too', `${family(SAID)} ALTER TABLE p ALTER CONSTRAINT nn NO INHERIT`],
  ['nobody has it', family('')],
  ['kept under the name of the server', family('ALTER TABLE p ADD NOT NULL a NO INHERIT;')],
  ['inherited under the name of the server', family('ALTER TABLE p ALTER a SET NOT NULL;')],
  ['the child says it', family('', 'CREATE TABLE c () INHERITS (p); ALTER TABLE c ADD CONSTRAINT own NOT NULL a;')],
  ['the parent comes to say it', family(SAID)],
  ["the child's own beside one that is kept", family(KEPT, 'CREATE TABLE c () INHERITS (p); ALTER TABLE c ALTER a SET NOT NULL;')],
  ['both keep it', family(KEPT, 'CREATE TABLE c () INHERITS (p); ALTER TABLE c ADD CONSTRAINT own NOT NULL a NO INHERIT;')],
  ['all have it, with a comment', family(`${SAID} COMMENT ON CONSTRAINT nn ON p IS 'above';`)],
  ['kept, with a comment', family(`${KEPT} COMMENT ON CONSTRAINT nn ON p IS 'kept';`)],
]

const NAMED: readonly State[] = [
  ['the child declares it', family(SAID, 'CREATE TABLE c (a int NOT NULL) INHERITS (p);')],
  ['under another name', family(KEPT, 'CREATE TABLE c (a int CONSTRAINT mine NOT NULL) INHERITS (p);')],
]

/** The server lets no table into a family that lacks a NOT NULL of it. */
const JOINED: readonly State[] = [
  ['stands alone', 'CREATE TABLE q (a int NOT NULL); CREATE TABLE c (a int DEFAULT 6, b int);'],
  ['inherits', 'CREATE TABLE q (a int NOT NULL); CREATE TABLE c (a int NOT NULL DEFAULT 6, b int); ALTER TABLE c INHERIT q;'],
  ['a table for itself', 'CREATE TABLE q (a int NOT NULL, b int NOT NULL) PARTITION BY LIST (a); CREATE TABLE c (a int, b int);'],
  [
    'a partition',
    'CREATE TABLE q (a int NOT NULL, b int NOT NULL) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF q FOR VALUES IN (2);',
  ],
]

describe.each(servers)('NOT NULL through a family, on $name', ({ url, major }) => {
  it.runIf((major ?? 18) >= 18)('reaches children, is kept from them, and back', { timeout: 240_000 }, async () => {
    await throughStates(url, STATES)
    await throughStates(url, NAMED)
    await fromEntitiesAlone(url, [...STATES, ...NAMED])
  })

  it('is there before a table joins a parent that has it', { timeout: 120_000 }, async () => {
    await throughStates(url, JOINED)
    await fromEntitiesAlone(url, JOINED)
  })
})
