import {
  inlineChildren,
  parseFactId,
  type Action,
  type AnyFact,
  type Delta,
  type FactKind,
  type Rule,
  type RuleContext,
  type SchemaDialect,
  type Scope,
} from '@yama/schema'
import type { Connection } from '@yama/core'
import type { ToyDatabase } from './toy-database.ts'

type Command = {
  readonly put?: readonly AnyFact[]
  readonly remove?: readonly string[]
  readonly rename?: { readonly from: string; readonly to: string }
}

/** A statement of the toy server is JSON: facts put, ids removed, one rename. */
export const toySql = (command: Command): string => JSON.stringify(command)

const action = (delta: Delta, change: Action['because']['change'], sql: Command, roles: Partial<Action>): Action => ({
  sql: toySql(sql),
  title: `${change} ${delta.id}`,
  produces: [],
  consumes: [],
  destroys: [],
  releases: [],
  lock: 'none',
  rewrite: false,
  transaction: 'any',
  loss: 'none',
  reversibility: 'lossless',
  because: { fact: delta.id, change },
  ...roles,
})

function simple<K extends FactKind>(): Rule<K> {
  return ((delta: Delta) => {
    switch (delta.change) {
      case 'add':
        return [action(delta, 'add', { put: [delta.to as AnyFact] }, { produces: [delta.id] })]
      case 'drop':
        return [
          action(
            delta,
            'drop',
            { remove: [delta.id] },
            {
              destroys: [delta.id],
              ...(delta.kind === 'column' || delta.kind === 'table' ? { loss: 'certain', reversibility: 'lossy' } : {}),
            },
          ),
        ]
      case 'alter':
        return [action(delta, 'alter', { put: [delta.to as AnyFact] }, {})]
      case 'rename':
        return [
          action(
            delta,
            'rename',
            { rename: { from: delta.from.id, to: delta.to.id } },
            { produces: [delta.to.id], destroys: [delta.from.id] },
          ),
        ]
    }
  }) as unknown as Rule<K>
}

const table: Rule<'table'> = (delta, context) => {
  if (delta.change !== 'add') return simple<'table'>()(delta, context)
  const inlined = inlineChildren(delta.to, context, (one) => one.payload.type !== 'foreign')
  return [
    action(
      delta as Delta,
      'add',
      { put: [delta.to, ...inlined.columns, ...inlined.constraints] as AnyFact[] },
      { produces: inlined.produces },
    ),
  ]
}

/** Views stop a change of their columns' type, as on PostgreSQL; constraints and indexes cannot be altered. */
const replaces: NonNullable<SchemaDialect['replaces']> = (delta, context: RuleContext) => {
  if (delta.kind === 'column' && delta.attributes.some(({ attribute }) => attribute === 'type')) {
    return { self: false, dependents: context.dependents(delta.id, 'before').filter((id) => parseFactId(id).kind === 'view') }
  }
  return delta.kind === 'column' || delta.kind === 'table' || delta.kind === 'enum' ? undefined : { self: true, dependents: [] }
}

/** A dialect for the engine's own tests: its server, `ToyDatabase`, keeps facts, and refuses what a server refuses. */
export function toyDialect(databases: WeakMap<Connection, ToyDatabase> = new WeakMap()): SchemaDialect {
  const kind = { schema: simple<'schema'>(), extension: simple<'extension'>(), enum: simple<'enum'>(), sequence: simple<'sequence'>() }
  return {
    kind: 'sqlite',
    defaultSchema: '',
    types: {
      toNative: (type) => ({ sql: type.parameters.length > 0 ? `${type.name}(${type.parameters.join(',')})` : type.name }),
      toPortable: () => undefined,
      defaultToNative: (value) =>
        'literal' in value
          ? JSON.stringify(value.literal).replaceAll('"', "'")
          : 'sql' in value
            ? value.sql
            : 'json' in value
              ? `'${value.json}'`
              : `${value.function}()`,
      defaultToPortable: (sql) => ({ sql }),
      enums: 'native',
    },
    rules: {
      ...kind,
      table,
      column: simple(),
      constraint: simple(),
      index: simple(),
      rows: simple(),
      view: simple(),
      domain: simple(),
      compositeType: simple(),
      rangeType: simple(),
      function: simple(),
      trigger: simple(),
      rule: simple(),
      policy: simple(),
      statistics: simple(),
      publication: simple(),
      eventTrigger: simple(),
      object: simple(),
      grant: simple(),
      defaultPrivilege: simple(),
      owner: simple(),
    },
    strategies: [],
    replaces,
    extract: async (connection: Connection, _scope: Scope) => databaseOf(databases, connection).facts(),
    scratch: () => Promise.reject(new Error('the toy has one database')),
    clear: async (connection) => databaseOf(databases, connection).clear(),
    quote: (name) => name,
    defaultName: (type, tableName, columns) =>
      [
        tableName,
        ...columns,
        { primary: 'pkey', unique: 'key', foreign: 'fkey', check: 'check', index: 'idx', exclusion: 'excl' }[type],
      ].join('_'),
    identifierLimit: 63,
  }
}

function databaseOf(databases: WeakMap<Connection, ToyDatabase>, connection: Connection): ToyDatabase {
  const found = databases.get(connection)
  if (found === undefined) throw new Error('not a toy connection')
  return found
}
