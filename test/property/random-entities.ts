import type { DatabaseKind } from '@yama/core'
import fc from 'fast-check'

/** Types that hold each other's values from left to right, so that a change in that direction loses nothing. */
const chains = [
  ['smallint', 'int', 'bigint'],
  ['string(20)', 'string(200)', 'text'],
  ['int', 'bigint', 'decimal(20, 2)'],
  ['boolean'],
  ['timestamp'],
  ['date'],
  ['uuid'],
  ['json'],
  ['double'],
] as const

export interface RandomColumn {
  readonly chain: number
  /** Step along the chain; the second schema of a pair is never before the first. */
  readonly level: number
  readonly required: boolean
  readonly preset: boolean
  readonly unique: boolean
  readonly indexed: boolean
  readonly doc: boolean
}
export interface RandomTable {
  readonly identity: 'identity' | 'uuid'
  readonly columns: readonly (RandomColumn | undefined)[]
  /** Tables that it refers to, by number; itself and circles included. */
  readonly relations: readonly { readonly to: number; readonly required: boolean; readonly action: 'cascade' | 'setNull' | 'restrict' }[]
  readonly check: boolean
  readonly compound: 'none' | 'index' | 'unique' | 'partial' | 'descending'
  readonly status: number
  readonly view: boolean
}
export type RandomSchema = readonly (RandomTable | undefined)[]

const column = fc.record({
  chain: fc.nat(chains.length - 1),
  level: fc.nat(2),
  required: fc.boolean(),
  preset: fc.boolean(),
  unique: fc.boolean(),
  indexed: fc.boolean(),
  doc: fc.boolean(),
})
const table = fc.record({
  identity: fc.constantFrom('identity' as const, 'uuid' as const),
  columns: fc.array(fc.option(column, { nil: undefined, freq: 3 }), { minLength: 2, maxLength: 5 }),
  relations: fc.array(
    fc.record({
      to: fc.nat(3),
      required: fc.boolean(),
      action: fc.constantFrom('cascade' as const, 'setNull' as const, 'restrict' as const),
    }),
    { maxLength: 2 },
  ),
  check: fc.boolean(),
  compound: fc.constantFrom('none' as const, 'index' as const, 'unique' as const, 'partial' as const, 'descending' as const),
  status: fc.nat(3),
  view: fc.boolean(),
})
const schema = fc.array(fc.option(table, { nil: undefined, freq: 4 }), { minLength: 1, maxLength: 4 })

/** Two schemas over the same names. What a column is made of never changes, only how far along its chain it is. */
export const randomPair: fc.Arbitrary<{ readonly a: RandomSchema; readonly b: RandomSchema }> = fc.tuple(schema, schema).map(([a, b]) => ({
  a,
  b: b.map((entry, t) => {
    const old = a[t]
    if (entry === undefined || old === undefined) return entry
    const columns = entry.columns.map((now, c) => {
      const was = old.columns[c]
      return now === undefined || was === undefined
        ? now
        : { ...now, chain: was.chain, level: Math.max(now.level, was.level), unique: was.unique && now.unique }
    })
    // Rows refer to the table that they were made for: a relation may come and go, and not point elsewhere.
    const relations = entry.relations.map((now, r) => ({ ...now, to: old.relations[r]?.to ?? now.to }))
    return {
      ...entry,
      identity: old.identity,
      columns,
      relations,
      status: Math.max(entry.status, old.status),
      compound: entry.compound === 'unique' && old.compound !== 'unique' ? 'index' : entry.compound,
    }
  }),
}))

const presets: Readonly<Record<string, string>> = {
  smallint: '7',
  int: '7',
  bigint: '7',
  text: 'x',
  boolean: 'true',
  timestamp: 'now()',
  json: '{}',
  double: '1.5',
}

/**
 * A schema as entities, in the YAML that JSON is. MySQL and MariaDB index no text without a length, have no partial indexes, and take no check over
 * a column that numbers itself: there these are left out.
 */
export function entityText(model: RandomSchema, kind: DatabaseKind = 'sqlite'): string {
  const mysql = kind === 'mysql' || kind === 'mariadb'
  const entities: Record<string, unknown> = {}
  const views: Record<string, unknown> = {}
  for (const [t, entry] of model.entries()) {
    if (entry === undefined) continue
    const names: string[] = []
    const fields: Record<string, unknown> = { id: entry.identity === 'uuid' ? 'uuid! primary = gen_uuid()' : 'bigint! primary identity' }
    for (const [c, made] of entry.columns.entries()) {
      if (made === undefined) continue
      if (chains[made.chain]?.[0] !== 'json') names.push(`c${c}`)
      fields[`c${c}`] = fieldOf(made, mysql)
    }
    for (const [r, relation] of entry.relations.entries()) {
      if (model[relation.to] === undefined) continue
      const action = relation.required && relation.action === 'setNull' ? 'cascade' : relation.action
      fields[`r${r}`] = `T${relation.to}${relation.required && relation.to !== t ? '!' : '?'} ${action}`
    }
    if (entry.status > 0) fields['status'] = `enum(${['draft', 'live', 'gone'].slice(0, entry.status).join(', ')})! = draft`
    const [first, second] = names
    const indexes =
      first === undefined ? [] : compoundIndexes(mysql && entry.compound === 'partial' ? 'none' : entry.compound, t, first, second)
    entities[`T${t}`] = {
      table: `t${t}`,
      fields,
      ...(entry.compound === 'unique' && first !== undefined
        ? { unique: [{ fields: second === undefined ? [first] : [first, second] }] }
        : {}),
      ...(indexes.length === 0 ? {} : { indexes }),
      ...(entry.check && !mysql ? { checks: { [`t${t}_id_known`]: 'id is not null' } } : {}),
    }
    if (entry.view) views[`v${t}`] = { query: `select id from t${t}`, dependsOn: [`T${t}`] }
  }
  return JSON.stringify({ version: 1, entities, ...(Object.keys(views).length === 0 ? {} : { views }) }, null, 1)
}

function fieldOf(made: RandomColumn, mysql: boolean): unknown {
  const chain = chains[made.chain] ?? chains[0]
  const chosen = chain[Math.min(made.level, chain.length - 1)] ?? chain[0]
  const type = mysql && chosen === 'text' ? 'string(300)' : chosen
  const base = type.replace(/\(.*/, '')
  const preset = made.preset && !made.unique ? presets[base] : undefined
  // JSON has no equality on PostgreSQL, so it is neither unique nor indexed.
  const typed = `${type}${made.required && !made.unique ? '!' : '?'}`
  const indexed = made.indexed && !made.unique && base !== 'json'
  const unique = made.unique && base !== 'json'
  if (!made.doc) return `${typed}${unique ? ' unique' : ''}${indexed ? ' indexed' : ''}${preset === undefined ? '' : ` = ${preset}`}`
  return {
    type: typed,
    ...(unique ? { unique } : {}),
    ...(indexed ? { indexed } : {}),
    ...(preset === undefined ? {} : { default: preset }),
    doc: 'Said in words.',
  }
}

function compoundIndexes(kind: RandomTable['compound'], table: number, first: string, second: string | undefined): readonly unknown[] {
  const fields = second === undefined ? [first] : [first, second]
  if (kind === 'index') return [{ fields, name: `t${table}_compound_${first}` }]
  if (kind === 'descending') return [{ fields: [`${first} desc`, 'id'] }]
  if (kind === 'partial') return [{ fields: ['id'], where: `${first} is not null` }]
  return []
}
