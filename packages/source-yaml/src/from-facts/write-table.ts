import type { Fact, FactId } from '@yama/schema'
import { isMadeForKey } from './is-made-for-key.ts'
import { writeConstraint, writeIndex, type WrittenMember } from './write-members.ts'
import { familyValue } from './write-family.ts'
import { plainOptions, policyValue, securityFlags } from './write-security.ts'
import { writeField, type WrittenField } from './write-field.ts'
import type { WriteContext } from './write-context.ts'

export interface WrittenTable {
  readonly fields: readonly (WrittenField & { readonly name: string })[]
  readonly members: readonly WrittenMember[]
}

const sectionOrder = ['primary', 'unique', 'foreignKeys', 'checks', 'constraints', 'indexes'] as const

/** What of a table is left to say, as fields and entries of sections. */
export function writeTable(table: FactId, left: ReadonlySet<FactId>, context: WriteContext): WrittenTable {
  const said = new Set<FactId>()
  const fields: (WrittenField & { name: string })[] = []
  for (const column of context.children(table, 'column')) {
    if (!left.has(column.id)) continue
    const name = context.fieldNames.get(column.id) ?? column.name
    const written = writeField(column, name, left, context)
    for (const id of written.says) said.add(id)
    fields.push({ ...written, name })
  }
  const rest = <K extends 'constraint' | 'index'>(kind: K): readonly Fact<K>[] =>
    context.children(table, kind).filter((fact) => left.has(fact.id) && !said.has(fact.id))
  const members = [
    ...rest('constraint').map((fact) => writeConstraint(fact, context)),
    ...rest('index').flatMap((fact) => (isMadeForKey(fact, context) ? [] : [writeIndex(fact, context)])),
  ]
  return { fields, members: members.toSorted((a, b) => sectionOrder.indexOf(a.section) - sectionOrder.indexOf(b.section)) }
}

/** A whole entity, for a table that no file states yet. */
export function entityValue(table: Fact<'table'>, context: WriteContext, name: string): Record<string, unknown> {
  const { dialect, naming } = context
  const left = new Set<FactId>(
    [...context.children(table.id, 'column'), ...context.children(table.id, 'constraint'), ...context.children(table.id, 'index')].map(
      (fact) => fact.id,
    ),
  )
  const { fields, members } = writeTable(table.id, left, context)
  const value: Record<string, unknown> = {
    ...(table.schema === dialect.defaultSchema ? {} : { schema: table.schema }),
    ...(naming.table(name) === table.name ? {} : { table: table.name }),
    ...(table.payload.comment === undefined ? {} : { doc: table.payload.comment }),
    fields: Object.fromEntries(fields.map((field) => [field.name, field.value])),
  }
  for (const [section, entries] of sections(members)) value[section] = entries
  const options = plainOptions(table.payload.options)
  if (Object.keys(options).length > 0) value['options'] = options
  Object.assign(value, familyValue(table, context.listed.get(table.id) ?? [], context))
  const policies = context.children(table.id, 'policy').map((policy) => [policy.name, policyValue(policy)] as const)
  const rls = { ...securityFlags(table.payload.options), ...(policies.length === 0 ? {} : { policies: Object.fromEntries(policies) }) }
  if (Object.keys(rls).length > 0) value['rls'] = rls
  return value
}

/** Entries by section, in the form that the section has: a value, a list, or a mapping by name. */
export function sections(members: readonly WrittenMember[]): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>()
  const unnamed = members.some((member) => member.section === 'checks' && member.key === undefined)
  for (const member of members) {
    if (member.section === 'primary') found.set('primary', member.value)
    else if (member.section === 'constraints' || (member.section === 'checks' && !unnamed))
      found.set(member.section, { ...(found.get(member.section) as object | undefined), [member.key ?? '']: member.value })
    else
      found.set(member.section, [
        ...((found.get(member.section) as unknown[] | undefined) ?? []),
        member.section === 'checks' ? checkItem(member.key, member.value) : member.value,
      ])
  }
  return found
}

export function checkItem(name: string | undefined, value: unknown): unknown {
  if (name === undefined) return value
  return typeof value === 'string' ? { name, expression: value } : { name, ...(value as object) }
}
