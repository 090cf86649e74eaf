import { inFamily } from './not-null.ts'
import { CATALOGUE, address, register, type Catalogue } from './catalogue.ts'
import type { Has } from './present.ts'
import { serverPrivileges } from './server-privileges.ts'
import { notOfExtension, type QueryScope } from './query-scope.ts'

export interface UnmanagedRow {
  readonly classid: number
  readonly oid: number
  readonly kind: string
  readonly name: string
  readonly relation: number | null
  readonly definition: string | null
  readonly comment: string | null
}

/** The sentence for each word of the server; the words are those that people know from `CREATE …`. */
const reasonFor = (kind: string): string => {
  return `${/^[aeiou]/.test(kind) ? 'An' : 'A'} ${kind} is not part of the model.`
}

interface Part {
  readonly kind: string
  readonly catalogue: string
  readonly from: string
  readonly name: string
  readonly where: string
  readonly relation?: string
  readonly definition?: string
}

const named = (column: string): string => `n.nspname || '.' || ${column}`

/** Members of a schema: `x` is the catalogue, `n` its namespace. */
const inSchema = (scope: QueryScope, kind: string, catalogue: string, prefix: string, name = `x.${prefix}name`): Part => ({
  kind: `'${kind}'`,
  catalogue,
  from: `${catalogue} x JOIN pg_namespace n ON n.oid = x.${prefix}namespace`,
  name: named(name),
  where: `x.${prefix}namespace IN (${scope.namespaces})`,
})

/** Objects of the whole database. Where a scope names schemas they are left to whoever owns the database. */
const global = (kind: string, catalogue: string, prefix: string): Part => ({
  kind: `'${kind}'`,
  catalogue,
  from: `${catalogue} x`,
  name: `x.${prefix}name`,
  where: 'true',
})

const untriedPart = (scope: QueryScope): Part => ({
  kind: `'NOT NULL of a family that is not validated'`,
  catalogue: 'pg_constraint',
  from: 'pg_constraint x JOIN pg_class c ON c.oid = x.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace',
  name: `${named('c.relname')} || '.' || x.conname`,
  where: `c.relnamespace IN (${scope.namespaces}) AND c.relpersistence <> 't' AND x.contype = 'n' AND NOT x.convalidated AND ${inFamily('x.conrelid')}`,
  relation: 'x.conrelid',
  definition: 'pg_get_constraintdef(x.oid)',
})

/** Such a rule can be renamed so, and not be made. */
const returnPart = (scope: QueryScope): Part => ({
  kind: `'rule with the name of those of views'`,
  catalogue: 'pg_rewrite',
  from: 'pg_rewrite x JOIN pg_class c ON c.oid = x.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace',
  name: `${named('c.relname')} || '.' || x.rulename`,
  where: `c.relnamespace IN (${scope.namespaces}) AND c.relpersistence <> 't' AND x.rulename = '_RETURN' AND x.ev_type <> '1'`,
  relation: 'x.ev_class',
  definition: 'pg_get_ruledef(x.oid)',
})

/** What one session made for itself: nobody else has it, nor what depends on it. */
const ofSession = (catalogue: string, prefix: string): Part => ({
  kind: `'temporary object'`,
  catalogue,
  from: `${catalogue} x JOIN pg_namespace n ON n.oid = x.${prefix}namespace`,
  name: named(`x.${prefix}name`),
  where: `n.nspname ~ '^pg_temp_' AND EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = '${catalogue}'::regclass AND d.refobjid = x.oid)`,
})

/** Made by whoever connects databases to each other; what they connect with is a secret. */
const subscriptions: Part = {
  ...global('subscription', 'pg_subscription', 'sub'),
  where: 'x.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())',
}

/** A name that a type shall have, and no more yet. */
const shellTypes = (scope: QueryScope): Part => ({
  ...inSchema(scope, 'shell type', 'pg_type', 'typ'),
  where: `x.typnamespace IN (${scope.namespaces}) AND NOT x.typisdefined`,
})

function parts(scope: QueryScope, has: Has): readonly Part[] {
  return [
    ...(scope.major >= 18 ? [untriedPart(scope)] : []),
    returnPart(scope),
    ...(has('temporary object') ? [ofSession('pg_class', 'rel'), ofSession('pg_type', 'typ')] : []),
    ...(has('pg_subscription') ? [subscriptions] : []),
    ...(has('shell type') ? [shellTypes(scope)] : []),
    ...(scope.whole
      ? [
          {
            kind: `'change of privileges'`,
            catalogue: 'pg_init_privs',
            from: serverPrivileges,
            name: 'x.place',
            where: 'true',
            definition: 'x.names',
          },
        ]
      : []),
  ]
}

/** Everything the model does not carry, by name. */
export function unmanagedQuery(scope: QueryScope, has: Has): string {
  const all = parts(scope, has)
    .map(
      (
        part,
      ) => `SELECT '${part.catalogue}'::regclass::oid AS classid, x.oid::oid AS oid, ${part.kind}::text AS kind, (${part.name})::text AS name,
      ${part.relation ?? 'NULL'}::oid AS relation, ${part.definition === undefined ? 'NULL' : `(${part.definition})`}::text AS definition
    FROM ${part.from} WHERE ${part.where} AND (x.oid = 0 OR x.oid >= 16384) AND ${notOfExtension(part.catalogue, 'x.oid')}`,
    )
    .join('\n    UNION ALL\n    ')
  return `SELECT u.*, d.description AS comment FROM (${all}) u LEFT JOIN pg_description d ON d.classoid = u.classid AND d.objoid = u.oid AND d.objsubid = 0 ORDER BY u.kind COLLATE "C", u.name COLLATE "C", u.oid`
}

export function addUnmanaged(catalogue: Catalogue, rows: readonly UnmanagedRow[]): void {
  for (const row of rows) {
    const host =
      row.relation === null || row.relation === 0 ? undefined : catalogue.byAddress.get(address(CATALOGUE.relation, row.relation))
    const hosted = row.relation !== null && row.relation !== 0
    // What sits on a table that the scope leaves out is left out with it.
    if (hosted && host === undefined) continue
    const table = host?.fact?.id
    const node = register(
      catalogue,
      {
        kind: row.kind,
        name: row.name,
        reason: reasonFor(row.kind),
        ...(table === undefined ? {} : { table }),
        ...(row.definition === null && row.comment === null
          ? {}
          : { definition: [row.definition ?? [], row.comment === null ? [] : `-- comment: ${row.comment}`].flat().join('\n') }),
      },
      row.oid === 0 ? [] : [address(row.classid, row.oid)],
    )
    if (row.kind === 'temporary object') node.isNamed = false
    if (host !== undefined) node.uses.push(host)
  }
}
