import { identifier, literal } from '../types/quoted.ts'

type Options = Readonly<Record<string, string | boolean>>

/** Options that have a clause of their own; everything else is a storage parameter. */
const CLAUSES: ReadonlySet<string> = new Set([
  'unlogged',
  'tablespace',
  'accessMethod',
  'rowSecurity',
  'forceRowSecurity',
  'replicaIdentity',
  'clustered',
  'notEnforced',
  'temporal',
  'only',
  'indexComment',
  'storage',
  'compression',
  'statistics',
  'attributes',
])

/** The storage parameters among options, `fillfactor` or `toast.autovacuum_enabled`, in the order in which they were stated. */
export function parameters(options: Options): readonly (readonly [name: string, value: string])[] {
  return Object.entries(options)
    .filter(([name]) => !CLAUSES.has(name))
    .map(([name, value]) => [name, String(value)] as const)
}

const nameOf = (name: string): string => name.split('.').map(identifier).join('.')
const valueOf = (value: string): string => (/^(\w+|-?[\d.]+)$/.test(value) ? value : literal(value))

/** ` WITH (fillfactor = 70)`, or nothing. */
export function withParameters(options: Options): string {
  const list = parameters(options)
  return list.length === 0 ? '' : ` WITH (${list.map(([name, value]) => `${nameOf(name)} = ${valueOf(value)}`).join(', ')})`
}

/** `SET (…)` and `RESET (…)` that lead from one set of parameters to the other. */
export function parameterChanges(from: Options, to: Options): readonly string[] {
  const before = new Map(parameters(from))
  const after = new Map(parameters(to))
  const set = [...after].filter(([name, value]) => before.get(name) !== value)
  const reset = [...before.keys()].filter((name) => !after.has(name))
  return [
    ...(set.length === 0 ? [] : [`SET (${set.map(([name, value]) => `${nameOf(name)} = ${valueOf(value)}`).join(', ')})`]),
    ...(reset.length === 0 ? [] : [`RESET (${reset.map(nameOf).join(', ')})`]),
  ]
}
