import { randomBytes } from 'node:crypto'
import { describe, it } from 'vitest'
import { administer, servers } from './runtime-database.ts'
import { fromEntitiesAlone, throughStates, type State } from './states.ts'

const own = randomBytes(3).toString('hex')
const [first, second, third] = [`pass_a_${own}`, `pass_b_${own}`, `pass_c_${own}`] as const

const TABLE = `GRANT ALL ON SCHEMA public TO ${first}, ${second}; CREATE TABLE t (a int, b int);`
const OTHERS = `CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE SEQUENCE s; CREATE TYPE e AS ENUM ('a');`

/** Each is changed to the next one and back. */
const STATES: readonly State[] = [
  [
    'through three hands',
    `${TABLE} GRANT SELECT, UPDATE ON t TO ${first} WITH GRANT OPTION; GRANT INSERT (a) ON t TO ${first} WITH GRANT OPTION; SET ROLE ${first}; GRANT SELECT ON t TO ${second} WITH GRANT OPTION;
    GRANT INSERT (a) ON t TO ${second}; SET ROLE ${second}; GRANT SELECT ON t TO ${third}; RESET ROLE`,
  ],
  [
    'through two',
    `${TABLE} GRANT SELECT ON t TO ${first} WITH GRANT OPTION; SET ROLE ${first}; GRANT SELECT ON t TO ${second}; RESET ROLE`,
  ],
  [
    'from two at once',
    `${TABLE} GRANT SELECT ON t TO ${first} WITH GRANT OPTION; GRANT SELECT ON t TO ${second}; SET ROLE ${first}; GRANT SELECT ON t TO ${second}; RESET ROLE`,
  ],
  ['nobody', TABLE],
  [
    'each other',
    `${TABLE} GRANT SELECT ON t TO ${first} WITH GRANT OPTION; GRANT UPDATE ON t TO ${second} WITH GRANT OPTION; SET ROLE ${first}; GRANT SELECT ON t TO ${second} WITH GRANT OPTION;
    SET ROLE ${second}; GRANT UPDATE ON t TO ${first} WITH GRANT OPTION; GRANT SELECT ON t TO PUBLIC; RESET ROLE`,
  ],
  [
    'functions, sequences and types',
    `${OTHERS} REVOKE ALL ON FUNCTION f() FROM PUBLIC; GRANT ALL ON FUNCTION f() TO ${first} WITH GRANT OPTION; GRANT USAGE ON SEQUENCE s TO ${first} WITH GRANT OPTION;
    GRANT USAGE ON TYPE e TO ${first} WITH GRANT OPTION; GRANT USAGE ON SCHEMA public TO ${first}; SET ROLE ${first}; GRANT EXECUTE ON FUNCTION f() TO ${second};
    GRANT USAGE ON SEQUENCE s TO ${second}; GRANT USAGE ON TYPE e TO ${second}; RESET ROLE`,
  ],
  ['none of them', OTHERS],
  ['system columns', `${TABLE} GRANT SELECT (tableoid), SELECT (ctid), UPDATE (a) ON t TO ${third} WITH GRANT OPTION`],
  ['one system column', `${TABLE} GRANT SELECT (tableoid) ON t TO ${third}`],
]

const GRANTORS = `SELECT c.oid::regclass::text, x.grantor::regrole::text AS by, x.grantee::regrole::text AS to, x.privilege_type, x.is_grantable FROM pg_class c, aclexplode(c.relacl) x
  WHERE c.relnamespace::regnamespace::text LIKE 'room%' AND x.grantee <> c.relowner ORDER BY 1, 2, 3, 4`

describe.each(servers)('privileges that are passed on, on $name', ({ url }) => {
  it('are granted and revoked by whoever passed them on', { timeout: 240_000 }, async () => {
    const roles = [first, second, third]
    await administer(url, ...roles.map((role) => `CREATE ROLE ${role}`))
    try {
      // pg_dump says in SET SESSION AUTHORIZATION who granted; the catalogue says so itself.
      await throughStates(url, STATES, GRANTORS)
      await fromEntitiesAlone(url, STATES, GRANTORS)
    } finally {
      await administer(url, ...roles.map((role) => `DROP ROLE ${role}`))
    }
  })
})
