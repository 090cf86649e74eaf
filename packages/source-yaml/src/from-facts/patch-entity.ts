import type { Fact, FactId } from '@yama/schema'
import type { Placed } from '../model/model.ts'
import type { Path } from '../read/source-document.ts'
import { addMember, patchField, patchMap, patchMember, removePaths } from './entity-patch.ts'
import type { EntityStore } from './entity-store.ts'
import { isMadeForKey } from './is-made-for-key.ts'
import type { Comparison } from './kept-statements.ts'
import { familyValue } from './write-family.ts'
import { plainOptions, policyValue, securityFlags } from './write-security.ts'
import { writeTable } from './write-table.ts'
import type { WriteContext } from './write-context.ts'
import { styledNode } from './yaml-style.ts'

/** Changes what differs in an entity that a file has; nothing else of the file moves. */
export function patchEntity(
  store: EntityStore,
  { ofEntity, left, about }: Comparison,
  table: Fact<'table'>,
  by: Placed,
  context: WriteContext,
): void {
  const own = ofEntity(by)
  const wrong = own.filter((each) => !each.holds)
  const members: FactId[] = [
    ...context.children(table.id, 'column'),
    ...context.children(table.id, 'constraint'),
    ...context.children(table.id, 'index').filter((index) => !isMadeForKey(index, context)),
    ...context.children(table.id, 'policy'),
    ...(context.listed.get(table.id) ?? []),
  ].map((fact) => fact.id)
  const missing = members.filter((id) => left.has(id))
  if (wrong.length === 0 && missing.length === 0) return
  const document = store.touch(by.source.file, by.source.index)
  const kind = context.dialect.kind
  if (wrong.some((each) => each.by.path.length === 2)) {
    const { comment, options } = table.payload
    if (comment !== undefined) document.setIn([...by.path, 'doc'], comment)
    const plain = plainOptions(options)
    if (Object.keys(plain).length > 0) patchMap(document, [...by.path, 'options'], plain)
    else document.deleteIn([...by.path, 'options'])
    const { enabled, force } = securityFlags(options)
    for (const [flag, on] of Object.entries({ enabled, force })) {
      if (on === true) document.setIn([...by.path, 'rls', flag], true)
      else if (document.hasIn([...by.path, 'rls', flag])) document.deleteIn([...by.path, 'rls', flag])
    }
  }
  const written = writeTable(table.id, new Set(missing), context)
  const placeOf = (id: FactId): Path | undefined => {
    const place = about.get(id)
    return place?.source === by.source && place.path[1] === by.path[1] && left.has(id) ? place.path : undefined
  }
  const done = new Set<string>()
  for (const field of written.fields) {
    const path = [...by.path, 'fields', field.name]
    if (document.hasIn(path)) patchField(document, path, field.value, kind)
    else document.setIn(path, styledNode(document, field.value, field.name, true))
    done.add(path.join('\0'))
  }
  for (const policy of context.children(table.id, 'policy').filter(({ id }) => left.has(id))) {
    const path = [...by.path, 'rls', 'policies', policy.name]
    patchMap(document, path, policyValue(policy))
    done.add(path.join('\0'))
  }
  const family = familyValue(table, context.listed.get(table.id) ?? [], context)
  for (const key of ['partition', 'partitionOf', 'inherits']) {
    if (family[key] === undefined) {
      if (document.hasIn([...by.path, key])) document.deleteIn([...by.path, key])
    } else if (key === 'inherits') document.setIn([...by.path, key], styledNode(document, family[key], key))
    else {
      const { only } = ((document.getIn([...by.path, key]) as { toJSON?: () => { only?: unknown } } | undefined)?.toJSON?.() ?? {}) as {
        only?: unknown
      }
      patchMap(document, [...by.path, key], { ...(family[key] as object), ...(only === undefined ? {} : { only }) })
    }
  }
  for (const { name } of context.listed.get(table.id) ?? []) done.add([...by.path, 'partition', 'partitions', name].join('\0'))
  const added: (typeof written.members)[number][] = []
  for (const member of written.members) {
    const place = placeOf(member.says)
    const key = 'key' in member ? member.key : undefined
    if (
      place === undefined ||
      place[2] !== member.section ||
      (key === undefined && member.section === 'checks' && typeof place.at(-1) !== 'number')
    ) {
      added.push(member)
      continue
    }
    const isItem = member.section === 'checks' && key !== undefined && typeof place.at(-1) === 'number'
    const value = isItem
      ? { name: key, ...(typeof member.value === 'string' ? { expression: member.value } : (member.value as object)) }
      : member.value
    patchMember(document, place, value, kind)
    done.add(place.join('\0'))
  }
  // Before anything is added, so that the places of list items still hold.
  removePaths(
    document,
    wrong.map((each) => each.by.path).filter((path) => path.length > 2 && !done.has(path.join('\0'))),
  )
  for (const member of added) {
    const section = [...by.path, member.section]
    if (member.section === 'primary') document.setIn(section, styledNode(document, member.value, 'primary'))
    else addMember(document, section, 'key' in member ? member.key : undefined, member.value)
  }
}
