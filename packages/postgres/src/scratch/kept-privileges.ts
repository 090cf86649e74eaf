import type { Connection } from '@yama/core'
import { identifier } from '../types/quoted.ts'

interface Given {
  /** Undefined for the schema `public` itself. */
  readonly role?: string
  /** Undefined for every schema. */
  readonly schema?: string
  readonly on: string
  /** By grantee. */
  readonly grants: Map<string, Granted>
}

interface Granted {
  readonly all: string[]
  /** What of it can be passed on. */
  readonly passed: string[]
}
type Privileges = ReadonlyMap<string, Given>

const QUESTION = `SELECT pg_get_userbyid(d.defaclrole)::text AS role, n.nspname::text AS schema,
    CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END AS "on",
    CASE x.grantee WHEN 0 THEN NULL ELSE pg_get_userbyid(x.grantee)::text END AS grantee, x.privilege_type AS privilege, x.is_grantable AS passed
  FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace LEFT JOIN LATERAL aclexplode(d.defaclacl) x ON true WHERE pg_has_role(d.defaclrole, 'USAGE')
  UNION ALL SELECT NULL, NULL, 'SCHEMA public', CASE x.grantee WHEN 0 THEN NULL ELSE pg_get_userbyid(x.grantee)::text END, x.privilege_type, x.is_grantable
  FROM pg_namespace n CROSS JOIN LATERAL aclexplode(n.nspacl) x WHERE n.nspname = 'public' AND pg_has_role(n.nspowner, 'USAGE')
  ORDER BY 1, 2, 3, 4, 5`

async function read(connection: Connection): Promise<Privileges> {
  const { rows } = await connection.execute(QUESTION)
  const found = new Map<string, Given>()
  for (const row of rows) {
    const [role, schema, on] = [row['role'], row['schema'], String(row['on'])]
    const key = JSON.stringify([role, schema, on])
    const part = {
      ...(role === null ? {} : { role: String(role) }),
      ...(schema === null ? {} : { schema: String(schema) }),
    }
    const given = found.get(key) ?? { ...part, on, grants: new Map<string, Granted>() }
    found.set(key, given)
    if (row['privilege'] === null) continue
    const grantee = row['grantee'] === null ? 'PUBLIC' : identifier(String(row['grantee']))
    const grants = given.grants.get(grantee) ?? { all: [], passed: [] }
    given.grants.set(grantee, grants)
    grants.all.push(String(row['privilege']))
    if (row['passed'] === true) grants.passed.push(String(row['privilege']))
  }
  return found
}

/** What a server gives by itself, where nobody has said anything: to the owner, and of functions and types to everybody. */
const usual = ({ role = '', schema, on }: Given): readonly string[] => {
  if (schema !== undefined) return []
  return [identifier(role), ...(on === 'FUNCTIONS' || on === 'TYPES' ? ['PUBLIC'] : [])]
}

function restoring(given: Given, now: Given | undefined, before: Given | undefined): readonly string[] {
  const { role, schema, on } = given
  const head =
    role === undefined
      ? ''
      : `ALTER DEFAULT PRIVILEGES FOR ROLE ${identifier(role)}${schema === undefined ? '' : ` IN SCHEMA ${identifier(schema)}`} `
  const revoked = now === undefined ? usual(given) : [...now.grants.keys()]
  const wanted = [...(before?.grants ?? [])].flatMap(([grantee, { all, passed }]) => [
    `${head}GRANT ${all.join(', ')} ON ${on} TO ${grantee}`,
    ...(passed.length === 0 ? [] : [`${head}GRANT ${passed.join(', ')} ON ${on} TO ${grantee} WITH GRANT OPTION`]),
  ])
  return [
    ...revoked.map((grantee) => `${head}REVOKE ALL ON ${on} FROM ${grantee}`),
    ...(before === undefined ? usual(given).map((grantee) => `${head}GRANT ALL ON ${on} TO ${grantee}`) : wanted),
  ]
}

const text = (given: Given | undefined): string => JSON.stringify([...(given?.grants ?? [['none']])])

/**
 * Remembers the default privileges of a database and those on `public`, which no DROP takes away, and gives back what brings them again: a
 * migration that is replayed a second time would find its own.
 */
export async function keepPrivileges(connection: Connection): Promise<() => Promise<void>> {
  const before = await read(connection)
  return async () => {
    const now = await read(connection)
    const keys = [...new Set([...before.keys(), ...now.keys()])].filter((key) => text(before.get(key)) !== text(now.get(key)))
    const statements = keys.flatMap((key) => {
      const given = now.get(key) ?? before.get(key)
      return given === undefined ? [] : restoring(given, now.get(key), before.get(key))
    })
    if (statements.length > 0)
      await connection.batch(
        statements.map((sql) => ({ sql })),
        { transaction: true },
      )
  }
}
