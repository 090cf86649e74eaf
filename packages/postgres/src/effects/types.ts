import { boolOf, listOf, nameOf, nodeOf, relationOf, textOf } from './ast.ts'
import { createdIn } from './created-in.ts'
import type { EffectReader } from './effect-scope.ts'
import { namespaceOf } from './object-kinds.ts'
import { queryReads } from './query-reads.ts'
import { typeReads } from './type-reads.ts'

export const createEnum: EffectReader = (fields, scope) => {
  scope.build.object('type', nameOf(fields['typeName']), 'add', 'exist')
  createdIn('type', nameOf(fields['typeName']), scope)
}

/** `ALTER TYPE … ADD VALUE`: beside its neighbour; two at the end are in the order in which they came. */
export const alterEnum: EffectReader = (fields, { build }) => {
  const type = nameOf(fields['typeName'])
  const [oldValue, newValue] = [textOf(fields['oldVal']), textOf(fields['newVal'])]
  build.object('type', type, 'read', 'exist')
  build.member('type', type, `value:${newValue}`, 'add', 'exist')
  if (boolOf(fields['skipIfNewValExists'])) build.idempotent()
  if (oldValue !== '') {
    build.member('type', type, `value:${oldValue}`, 'write', 'exist')
    // Whoever writes or reads such a value names it by its text.
    build.object('type', type, 'write', 'type')
    return
  }
  const neighbour = textOf(fields['newValNeighbor'])
  if (neighbour !== '') build.member('type', type, `value:${neighbour}`, 'read', 'exist')
  const place = neighbour === '' ? 'the end' : `${boolOf(fields['newValIsAfter']) ? 'after' : 'before'} ${neighbour}`
  build.member('type', type, `place:${place}`, 'write', 'order')
}

export const createDomain: EffectReader = (fields, scope) => {
  scope.build.object('type', nameOf(fields['domainname']), 'add', 'exist')
  createdIn('type', nameOf(fields['domainname']), scope)
  typeReads(fields['typeName'], scope)
  for (const constraint of listOf(fields['constraints'])) queryReads(nodeOf(constraint, 'Constraint')?.['raw_expr'], scope, 'depends')
}

export const alterDomain: EffectReader = (fields, { build }) => {
  build.object('type', nameOf(fields['typeName']), 'write', 'type')
}

export const createComposite: EffectReader = (fields, scope) => {
  const type = relationOf(fields['typevar'])
  scope.build.object('type', type, 'add', 'exist')
  createdIn('type', type, scope)
  for (const column of listOf(fields['coldeflist'])) typeReads(nodeOf(column, 'ColumnDef')?.['typeName'], scope)
}

export const createRange: EffectReader = (fields, scope) => {
  scope.build.object('type', nameOf(fields['typeName']), 'add', 'exist')
  for (const parameter of listOf(fields['params'])) {
    const argument = nodeOf(nodeOf(parameter, 'DefElem')?.['arg'], 'TypeName')
    if (argument !== undefined) typeReads(argument, scope)
  }
}

/** `CREATE AGGREGATE`, `OPERATOR`, `COLLATION`, text search objects: by name, in the namespace of their kind. */
export const define: EffectReader = (fields, scope) => {
  const kind = namespaceOf(textOf(fields['kind']))
  const name = nameOf(fields['defnames'])
  scope.build.object(kind, name, 'add', 'exist')
  createdIn(kind, name, scope)
  if (boolOf(fields['if_not_exists']) || boolOf(fields['replace'])) scope.build.idempotent()
  for (const element of listOf(fields['definition'])) {
    const type = nodeOf(nodeOf(element, 'DefElem')?.['arg'], 'TypeName')
    // A function's name is held as if it were a type's.
    if (type !== undefined) scope.build.object('function', nameOf(type['names']), 'read', 'exist', 'definition')
  }
}
