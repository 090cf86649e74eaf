interface Holder {
  readonly what: string
  /** `o` is what is granted on, `n` its namespace where it has one. */
  readonly from: string
  readonly catalogue: string
  readonly oid: string
  readonly column?: string
  readonly acl: string
  readonly normal: string
  readonly name: string
  readonly place: string
}

const inSchema = `' of ' || n.nspname`
const relation = {
  what: 'tables',
  catalogue: 'pg_class',
  oid: 'o.oid',
  name: 'o.relname',
  place: inSchema,
} as const

const HOLDERS: readonly Holder[] = [
  {
    what: 'functions',
    from: 'pg_proc o JOIN pg_namespace n ON n.oid = o.pronamespace',
    catalogue: 'pg_proc',
    oid: 'o.oid',
    acl: 'o.proacl',
    normal: `acldefault('f', o.proowner)`,
    name: 'o.proname',
    place: inSchema,
  },
  {
    ...relation,
    from: 'pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace',
    acl: 'o.relacl',
    normal: `acldefault(CASE o.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", o.relowner)`,
  },
  {
    ...relation,
    from: 'pg_attribute a JOIN pg_class o ON o.oid = a.attrelid JOIN pg_namespace n ON n.oid = o.relnamespace',
    column: 'a.attnum',
    acl: 'a.attacl',
    normal: `acldefault('c', o.relowner)`,
  },
  {
    what: 'languages',
    from: 'pg_language o',
    catalogue: 'pg_language',
    oid: 'o.oid',
    acl: 'o.lanacl',
    normal: `acldefault('l', o.lanowner)`,
    name: 'o.lanname',
    place: `''`,
  },
]

const sorted = (acl: string): string => `(SELECT array_agg(e::text ORDER BY e::text) FROM unnest(${acl}) e)`

/** Compared in order only where they differ at all. */
const differ = (one: string, other: string): string =>
  `(${one} IS DISTINCT FROM ${other} AND ${sorted(one)} IS DISTINCT FROM ${sorted(other)})`

const changed = ({ what, from, catalogue, oid, column = '0', acl, normal, name, place }: Holder): string =>
  `SELECT '${what}' || ${place} AS place, ${name}::text AS name FROM ${from}
      LEFT JOIN pg_init_privs i ON i.classoid = '${catalogue}'::regclass AND i.objoid = ${oid} AND i.objsubid = ${column}
    WHERE ${acl} IS NOT NULL AND ${place === inSchema ? `n.nspname <> 'information_schema' AND ` : ''}${oid} < 16384
      AND ${differ(acl, `coalesce(i.initprivs, ${normal})`)}`

/** Privileges on what belongs to the server, where somebody has changed them: one row for the objects of a kind in a schema. What those of the information schema were at first, the server does not keep. */
export const serverPrivileges = `(SELECT 0::oid AS oid, c.place, string_agg(DISTINCT c.name, ', ' ORDER BY c.name) AS names
  FROM (${HOLDERS.map(changed).join('\n    UNION ALL\n    ')}) c GROUP BY c.place) x`
