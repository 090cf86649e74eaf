import { type Fact, type FactId, memberId, parseFactId } from '@yama/schema'
import type { Document } from 'yaml'
import { addMember, removePaths } from './entity-patch.ts'
import type { EntityStore } from './entity-store.ts'
import type { Comparison } from './kept-statements.ts'
import type { WriteContext } from './write-context.ts'

/** Entries that say something else than the database are taken out; what is then left to say is said anew, roles and privileges alike together. */
export function writeGrants(store: EntityStore, { statements, left }: Comparison, context: WriteContext): void {
  const gone = new Map<Document, (readonly (string | number)[])[]>()
  for (const { by, holds } of statements) {
    if (holds || (by.path[0] !== 'grants' && by.path[0] !== 'defaultPrivileges')) continue
    const document = store.touch(by.source.file, by.source.index)
    gone.set(document, [...(gone.get(document) ?? []), by.path])
  }
  for (const [document, paths] of gone) {
    for (const section of ['grants', 'defaultPrivileges'])
      removePaths(
        document,
        paths.filter((path) => path[0] === section),
      )
  }
  const facts = [...context.facts.values()].filter((fact) => left.has(fact.id)).sort((a, b) => (a.id < b.id ? -1 : 1))
  const groups = new Map<string, { readonly fact: Fact<'grant'>; readonly on: string[] }>()
  for (const fact of facts) {
    if (fact.kind === 'grant') {
      const { to, privileges, grantable } = fact.payload
      const key = JSON.stringify([to, privileges, grantable])
      const group = groups.get(key) ?? { fact, on: [] }
      group.on.push(targetText(fact, context))
      groups.set(key, group)
    }
    if (fact.kind === 'defaultPrivilege') {
      const { by, inSchema, on, to } = fact.payload
      const value = { by, ...(inSchema === undefined ? {} : { schema: inSchema }), on, to: roleText(to), ...privilegesOf(fact.payload) }
      addMember(store.open('grants.yaml'), ['defaultPrivileges'], undefined, value)
    }
  }
  for (const { fact, on } of groups.values())
    addMember(store.open('grants.yaml'), ['grants'], undefined, { to: roleText(fact.payload.to), on, ...privilegesOf(fact.payload) })
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
  const kind = parseFactId(parent).kind
  // A foreign table is granted on as every other.
  const word = on !== 'table' ? on : kind === 'object' ? 'table' : kind
  const place = schema === context.dialect.defaultSchema ? '' : `${schema}.`
  return object === '' ? '' : `${word} ${place}${table}`
}
