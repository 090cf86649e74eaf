import { relationOf, textOf } from './ast.ts'
import type { EffectReader } from './effect-scope.ts'
import { namespaceOf, objectNameOf } from './object-kinds.ts'

const OF_TABLE: Readonly<Record<string, string>> = {
  OBJECT_COLUMN: 'column',
  OBJECT_TABCONSTRAINT: 'constraint',
  OBJECT_TRIGGER: 'trigger',
  OBJECT_POLICY: 'policy',
  OBJECT_RULE: 'rule',
}

/** `ALTER … RENAME`: the old name goes, the new one comes. */
export const rename: EffectReader = (fields, { build }) => {
  const type = textOf(fields['renameType'])
  const newName = textOf(fields['newname'])
  const relation = fields['relation'] === undefined ? undefined : relationOf(fields['relation'])
  const member = OF_TABLE[type]
  if (member !== undefined && relation !== undefined) {
    const old = textOf(fields['subname'])
    build.object('relation', relation, 'read', 'exist')
    build.member('relation', relation, `${member}:${old}`, 'write', 'name')
    build.member('relation', relation, `${member}:${newName}`, 'add', 'exist')
    if (member === 'column') return
    build.member('relation', relation, `${member}:${old}`, 'write', 'definition')
    if (member !== 'constraint') return
    build.object('relation', { schema: relation.schema, name: old }, 'write', 'name')
    build.object('relation', { schema: relation.schema, name: newName }, 'add', 'exist')
    return
  }
  const kind = relation === undefined ? namespaceOf(type) : 'relation'
  const old =
    relation ?? (fields['object'] === undefined ? { schema: '', name: textOf(fields['subname']) } : objectNameOf(fields['object']))
  if (type === 'OBJECT_ATTRIBUTE' || type === 'OBJECT_DOMCONSTRAINT') {
    build.object('type', old, 'write', 'type')
    return
  }
  build.object(kind, old, 'write', 'name')
  build.object(kind, { schema: old.schema, name: newName }, 'add', 'exist')
}

/** `ALTER … SET SCHEMA`. */
export const moveToSchema: EffectReader = (fields, { build }) => {
  const type = textOf(fields['objectType'])
  const relation = fields['relation'] === undefined ? undefined : relationOf(fields['relation'])
  const kind = relation === undefined ? namespaceOf(type) : 'relation'
  const old = relation ?? objectNameOf(fields['object'])
  const schema = textOf(fields['newschema'])
  build.object(kind, old, 'write', 'name')
  build.object(kind, { schema, name: old.name }, 'add', 'exist')
  build.object('schema', { schema: '', name: schema }, 'read', 'exist')
}
