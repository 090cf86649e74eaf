import { OWN_VIEWS, ofExtension, type QueryScope } from './query-scope.ts'

/** Catalogues in which most databases have nothing besides what the server brings. */
const RARE = [
  'pg_am',
  'pg_cast',
  'pg_collation',
  'pg_conversion',
  'pg_default_acl',
  'pg_event_trigger',
  'pg_foreign_data_wrapper',
  'pg_foreign_server',
  'pg_language',
  'pg_opclass',
  'pg_operator',
  'pg_opfamily',
  'pg_policy',
  'pg_proc',
  'pg_publication',
  'pg_statistic_ext',
  'pg_subscription',
  'pg_transform',
  'pg_ts_config',
  'pg_ts_dict',
  'pg_ts_parser',
  'pg_ts_template',
] as const

/** Columns with privileges, and whose they are. */
const PRIVILEGES = {
  pg_class: { acl: 'relacl', oid: 'oid' },
  pg_attribute: { acl: 'attacl', oid: 'attrelid' },
  pg_proc: { acl: 'proacl', oid: 'oid' },
  pg_type: { acl: 'typacl', oid: 'oid' },
  pg_foreign_data_wrapper: { acl: 'fdwacl', oid: 'oid' },
  pg_foreign_server: { acl: 'srvacl', oid: 'oid' },
  pg_language: { acl: 'lanacl', oid: 'oid' },
} as const

export type Rare = (typeof RARE)[number]

/** Something that a database may have: a catalogue with an entry, a `relkind` or `typtype` in the scope, privileges that were ever changed. */
export type Presence =
  | Rare
  | `relation ${'S' | 'v' | 'm' | 'c' | 'f'}`
  | `type ${'d' | 'r'}`
  | `privileges ${keyof typeof PRIVILEGES}`
  | 'partition'
  | 'shell type'
  | 'temporary object'

const when = (word: Presence, condition: string): string => `CASE WHEN ${condition} THEN '{${word}}' END`

/** What belongs to the database and not to the server. A part of the server can be a member of an extension: plpgsql is. */
const isOurs = (catalogue: string, oid: string): string => `(x.${oid} >= 16384 OR ${ofExtension(catalogue, `x.${oid}`)})`

/** Asks what there is at all: planning a query takes the server longer than the answer that there is nothing. */
export function presentQuery(scope: QueryScope): string {
  const ownViews = [...OWN_VIEWS].map((name) => `'${name}'`).join(', ')
  const words = [
    `(SELECT string_agg(DISTINCT '{relation ' || c.relkind::text || '}' || CASE WHEN c.relispartition THEN '{partition}' ELSE '' END, '') FROM pg_class c
      WHERE c.relnamespace IN (${scope.namespaces}) AND (c.relkind NOT IN ('v', 'm') OR c.relname NOT IN (${ownViews})))`,
    `(SELECT string_agg(DISTINCT CASE WHEN t.typisdefined THEN '{type ' || t.typtype::text || '}' ELSE '{shell type}' END, '') FROM pg_type t WHERE t.typnamespace IN (${scope.namespaces}))`,
    when('temporary object', `EXISTS (SELECT FROM pg_namespace n WHERE n.nspname ~ '^pg_temp_')`),
    ...RARE.map((catalogue) => when(catalogue, `EXISTS (SELECT FROM ${catalogue} x WHERE x.oid >= 16384)`)),
    ...Object.entries(PRIVILEGES).map(([catalogue, { acl, oid }]) =>
      when(
        `privileges ${catalogue as keyof typeof PRIVILEGES}`,
        `EXISTS (SELECT FROM ${catalogue} x WHERE x.${acl} IS NOT NULL AND ${isOurs(catalogue, oid)})`,
      ),
    ),
  ]
  return `SELECT concat(${words.join(',\n    ')}) AS present`
}

/** In the place of a query that can have no answer. */
export const NOTHING = ''

/** Tells whether there is such a thing. */
export type Has = (word: Presence) => boolean

/** The words of an answer. */
export function presentIn(row: Record<string, unknown> | undefined): ReadonlySet<string> {
  return new Set([...String(row?.['present'] ?? '').matchAll(/\{([^}]*)\}/g)].map(([, word = '']) => word))
}
