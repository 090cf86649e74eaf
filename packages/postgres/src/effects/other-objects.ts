import { boolOf, fieldsOf, listOf, nameOf, nodeOf, relationOf, stringOf, textOf } from './ast.ts'
import { owned } from './column-definition.ts'
import { createdIn } from './created-in.ts'
import type { EffectReader } from './effect-scope.ts'
import { judged } from './judged.ts'
import { touch } from './object-kinds.ts'
import { queryReads } from './query-reads.ts'

export const createSequence: EffectReader = (fields, scope) => {
  const sequence = relationOf(fields['sequence'])
  scope.build.object('relation', sequence, 'add', 'exist')
  createdIn('relation', sequence, scope)
  if (boolOf(fields['if_not_exists'])) scope.build.idempotent()
  ownedBy(fields, scope)
}

export const alterSequence: EffectReader = (fields, scope) => {
  const sequence = relationOf(fields['sequence'])
  scope.build.object('relation', sequence, 'write', 'definition')
  // Whoever takes a number from it may get another one.
  if (listOf(fields['options']).some((option) => nodeOf(option, 'DefElem')?.['defname'] !== 'owned_by'))
    scope.build.object('relation', sequence, 'write', 'rows')
  ownedBy(fields, scope)
}

const ownedBy: EffectReader = (fields, scope) => {
  for (const option of listOf(fields['options'])) {
    const { defname, arg } = nodeOf(option, 'DefElem') ?? {}
    const parts = defname === 'owned_by' ? listOf(nodeOf(arg, 'List')?.['items']) : []
    if (parts.length < 2) continue
    const [table, column] = [nameOf(parts.slice(0, -1)), stringOf(parts.at(-1))]
    scope.build.member('relation', table, `column:${column}`, 'read', 'exist')
    owned(relationOf(fields['sequence']), table, column, scope)
  }
}

export const createSchema: EffectReader = (fields, scope) => {
  scope.build.object('schema', { schema: '', name: textOf(fields['schemaname']) }, 'add', 'exist')
  if (boolOf(fields['if_not_exists'])) scope.build.idempotent()
  if (listOf(fields['schemaElts']).length > 0) scope.build.unknown('a schema with its objects in one statement is not read')
}

/** An extension brings functions, types and operators whose names it alone knows; those of another migration that use them come later anyway. */
export const createExtension: EffectReader = (fields, { build }) => {
  build.object('extension', { schema: '', name: textOf(fields['extname']) }, 'add', 'exist')
  if (boolOf(fields['if_not_exists'])) build.idempotent()
}

export const alterExtension: EffectReader = (fields, { build }) => {
  build.object('extension', { schema: '', name: textOf(fields['extname']) }, 'write', 'definition')
}

export const policy: EffectReader = (fields, scope) => {
  const table = relationOf(fields['table'])
  const member = `policy:${textOf(fields['policy_name'])}`
  scope.build.object('relation', table, 'read', 'exist')
  scope.build.include({
    effects: (['insert', 'update', 'delete'] as const).map((event) => ({
      object: `relation:${table.name}`,
      schema: table.schema,
      member: `on:${event}`,
      facet: 'definition',
      access: 'add',
      secured: true,
    })),
  })
  scope.build.member('relation', table, member, 'add', 'exist')
  queryReads([fields['qual'], fields['with_check']], scope, 'depends', table)
}

/** `CREATE RULE`: what its actions do is done whenever the table is used so. */
export const rule: EffectReader = (fields, scope) => {
  const table = relationOf(fields['relation'])
  const member = `rule:${textOf(fields['rulename'])}`
  scope.build.object('relation', table, 'read', 'exist')
  judged(table, scope, 'insert', 'update', 'delete')
  scope.build.member('relation', table, member, 'add', 'exist')
  if (boolOf(fields['replace'])) scope.build.idempotent()
  queryReads([fields['actions'], fields['whereClause']], scope, 'depends')
  for (const when of ['read', 'insert', 'update', 'delete'] as const)
    scope.build.link('relation', table, when, {
      effects: [],
      unknown: `the rule ${textOf(fields['rulename'])} rewrites what is done to ${table.name}`,
    })
}

export const comment: EffectReader = (fields, { build }) => {
  touch(build, textOf(fields['objtype']), fields['object'], 'read', 'exist')
  touch(build, textOf(fields['objtype']), fields['object'], 'write', 'comment')
}

export const statistics: EffectReader = (fields, scope) => {
  const name = nameOf(fields['defnames'])
  scope.build.object('statistics', name, 'add', 'exist')
  if (boolOf(fields['if_not_exists'])) scope.build.idempotent()
  const [table] = listOf(fields['relations']).map(relationOf)
  if (table === undefined) return
  scope.build.object('relation', table, 'read', 'exist')
  scope.build.member('relation', table, `statistics:${name.name}`, 'add', 'exist')
  for (const element of listOf(fields['exprs'])) {
    const column = textOf(nodeOf(element, 'StatsElem')?.['name'])
    if (column !== '') scope.build.member('relation', table, `column:${column}`, 'read', 'type')
    queryReads(nodeOf(element, 'StatsElem')?.['expr'], scope, 'depends', table)
  }
}

export const publication: EffectReader = (fields, { build }) => {
  const name = { schema: '', name: textOf(fields['pubname']) }
  build.object('publication', name, 'write', 'exist')
  for (const object of listOf(fields['pubobjects'])) {
    const table = fieldsOf(fieldsOf(nodeOf(object, 'PublicationObjSpec'))['pubtable'])['relation']
    if (table !== undefined) build.object('relation', relationOf(table), 'read', 'exist')
  }
}

export const refresh: EffectReader = (fields, { build }) => {
  const view = relationOf(fields['relation'])
  build.object('relation', view, 'read', 'exist', 'definition')
  build.object('relation', view, 'write', 'rows')
}

export const alterFunction: EffectReader = (fields, { build }) => {
  const name = nameOf(fieldsOf(nodeOf(fields['func'], 'ObjectWithArgs') ?? fields['func'])['objname'])
  build.object('function', name, 'read', 'exist')
  build.object('function', name, 'write', 'definition')
}

/** `LOCK TABLE`, `CLUSTER`, `REINDEX`, `ANALYZE`: they need the object and change nothing of it. */
export const needs: EffectReader = (fields, { build }) => {
  for (const relation of [
    fields['relation'],
    ...listOf(fields['relations']),
    ...listOf(fields['rels']).map((rel) => nodeOf(rel, 'VacuumRelation')?.['relation']),
  ])
    if (relation !== undefined) build.object('relation', relationOf(relation), 'read', 'exist')
}

export const nothing: EffectReader = () => undefined
