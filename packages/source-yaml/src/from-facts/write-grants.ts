import { type Fact, type FactId, memberId, parseFactId } from '@yama/schema'
import type { Document } from 'yaml'
import { addMember, removePaths } from './entity-patch.ts'
import type { EntityStore } from './entity-store.ts'
import type { Comparison } from './kept-statements.ts'
import type { WriteContext } from './write-context.ts'

const SECTIONS: ReadonlySet<string> = new Set(['grants', 'owners', 'defaultPrivileges'])

/** Entries that say something else than the database are taken out; what is then left to say is said anew, roles and privileges alike together. */
export function writeGrants(store: EntityStore, { statements, left }: Comparison, context: WriteContext): void {
  const gone = new Map<Document, (readonly (string | number)[])[]>()
  for (const { by, holds } of statements) {
    if (holds || !SECTIONS.has(String(by.path[0]))) continue
    const document = store.touch(by.source.file, by.source.index)
    gone.set(document, [...(gone.get(document) ?? []), by.path])
  }
  for (const [document, paths] of gone) {
    for (const section of SECTIONS)
      removePaths(
        document,
        paths.filter((path) => path[0] === section),
      )
  }
  const facts = [...context.facts.values()].filter((fact) => left.has(fact.id)).sort((a, b) => (a.id < b.id ? -1 : 1))
  const groups = new Map<string, { readonly fact: Fact<'grant'>; readonly on: string[] }>()
  const owned = new Map<string, string[]>()
  for (const fact of facts) {
    if (fact.kind === 'grant') {
      const { to, by, privileges, grantable } = fact.payload
      const key = JSON.stringify([to, by, privileges, grantable])
      const group = groups.get(key) ?? { fact, on: [] }
      group.on.push(targetText(fact, context))
      groups.set(key, group)
    }
    if (fact.kind === 'owner') owned.set(fact.payload.role, [...(owned.get(fact.payload.role) ?? []), ownedText(fact, context)])
    if (fact.kind === 'defaultPrivilege') {
      const { by, inSchema, on, to } = fact.payload
      const value = { by, ...(inSchema === undefined ? {} : { schema: inSchema }), on, to: roleText(to), ...privilegesOf(fact.payload) }
      addMember(store.open('grants.yaml'), ['defaultPrivileges'], undefined, value)
    }
  }
  for (const { fact, on } of groups.values()) {
    const { to, by } = fact.payload
    const value = { to: roleText(to), on, ...privilegesOf(fact.payload), ...(by === undefined ? {} : { by }) }
    addMember(store.open('grants.yaml'), ['grants'], undefined, value)
  }
  for (const [role, on] of owned) addMember(store.open('grants.yaml'), ['owners'], undefined, { role, on })
}

const roleText = (role: string): string => (role === 'PUBLIC' ? 'public' : role)

function privilegesOf({ privileges, grantable }: Fact<'grant'>['payload'] | Fact<'defaultPrivilege'>['payload']): {
  readonly privileges: readonly string[]
  readonly grantable?: true | readonly string[]
} {
  const lower = (list: readonly string[]): readonly string[] => list.map((each) => each.toLowerCase())
  const passed = grantable.length === 0 ? {} : { grantable: grantable.length === privileges.length ? (true as const) : lower(grantable) }
  return { privileges: lower(privileges), ...passed }
}

function targetText(fact: Fact<'grant'>, context: WriteContext): string {
  const { on, column, object } = fact.payload
  const { schema, table = '' } = parseFactId(fact.id)
  const parent: FactId = fact.parent ?? ''
  const entity = context.entityNames.get(parent)
  if (entity !== undefined && on === 'table') {
    if (column === undefined) return entity
    return `${entity}.${context.fieldNames.get(memberId('column', schema, table, column)) ?? column}`
  }
  if (on === 'schema') return `schema ${table}`
  // The name says already what it is.
  if (on === 'foreign server' || on === 'foreign data wrapper' || on === 'language') return table
  const kind = parseFactId(parent).kind
  // A foreign table, or one of an extension, is granted on as every other.
  const word = on !== 'table' ? on : kind === 'object' || kind === 'extension' ? 'table' : kind
  const place = schema === context.dialect.defaultSchema ? '' : `${schema}.`
  // The fields of an entity have names of their own; a view and a foreign table have none.
  const part = column === undefined ? '' : `column ${column} of `
  return object === '' ? '' : `${part}${word} ${place}${table}`
}

function ownedText({ parent, id }: Fact<'owner'>, context: WriteContext): string {
  const entity = context.entityNames.get(parent ?? '')
  if (entity !== undefined) return entity
  const { schema, table = '' } = parseFactId(id)
  const object = parent === undefined ? undefined : context.facts.get(parent)
  const place = schema === '' || schema === context.dialect.defaultSchema ? '' : `${schema}.`
  if (object === undefined) return `schema ${table}`
  switch (object.kind) {
    case 'schema':
      return `schema ${table}`
    case 'function':
      return `${object.payload.type === 'procedure' ? 'procedure' : 'function'} ${place}${table}`
    case 'enum':
    case 'compositeType':
    case 'rangeType':
      return `type ${place}${table}`
    case 'object':
      return `table ${place}${table.replace(/^foreign table /, '')}`
    default:
      return `${object.kind} ${place}${table}`
  }
}
