import type { Effect } from '@yama/core'
import { boolOf, fieldsOf, listOf, nodeOf, relationOf, stringOf, textOf } from './ast.ts'
import type { EffectReader } from './effect-scope.ts'
import { namespaceOf, objectNameOf } from './object-kinds.ts'

const roleOf = (node: unknown): string => textOf(nodeOf(node, 'RoleSpec')?.['rolename']) || textOf(nodeOf(node, 'RoleSpec')?.['roletype'])

/** `GRANT` and `REVOKE`: for each grantee apart. On all objects of a schema it matters which are there. */
export const grant: EffectReader = (fields, { build }) => {
  const kind = namespaceOf(textOf(fields['objtype']))
  const grantees = listOf(fields['grantees']).map(roleOf)
  const columns = listOf(fields['privileges']).flatMap((privilege) =>
    listOf(nodeOf(privilege, 'AccessPriv')?.['cols']).map((column): Omit<Effect, 'object' | 'schema'> => ({
      member: `column:${stringOf(column)}`,
      facet: 'type',
      access: 'read',
      untyped: true,
    })),
  )
  for (const role of grantees) build.object('role', { schema: '', name: role }, 'read', 'exist')
  for (const object of listOf(fields['objects'])) {
    if (fields['targtype'] === 'ACL_TARGET_ALL_IN_SCHEMA') {
      for (const name of [stringOf(object), '']) build.object('schema-objects', { schema: '', name }, 'read', 'shape')
      for (const name of [stringOf(object), '']) build.object('schema-objects', { schema: '', name }, 'write', 'privileges')
      continue
    }
    const name = nodeOf(object, 'RangeVar') === undefined ? objectNameOf(object) : relationOf(object)
    build.object(kind, name, 'read', 'exist')
    for (const column of columns) build.include({ effects: [{ object: `${kind}:${name.name}`, schema: name.schema, ...column }] })
    for (const role of grantees) build.member(kind, name, `grantee:${role}`, 'write', 'privileges')
    build.member('schema-objects', { schema: '', name: name.schema }, `object:${kind}:${name.name}`, 'write', 'privileges')
  }
}

export const grantRole: EffectReader = (fields, { build }) => {
  for (const role of listOf(fields['granted_roles'])) {
    const name = textOf(nodeOf(role, 'AccessPriv')?.['priv_name'])
    build.object('role', { schema: '', name }, 'read', 'exist')
    for (const grantee of listOf(fields['grantee_roles'])) {
      build.object('role', { schema: '', name: roleOf(grantee) }, 'read', 'exist')
      build.member('role', { schema: '', name }, `grantee:${roleOf(grantee)}`, 'write', 'privileges')
    }
  }
}

/** `ALTER DEFAULT PRIVILEGES`: whatever is created later takes them. */
export const defaultPrivileges: EffectReader = (fields, { build }) => {
  const schemas = listOf(fields['options']).flatMap((option) => {
    const { defname, arg } = nodeOf(option, 'DefElem') ?? {}
    return defname === 'schemas' ? listOf(nodeOf(arg, 'List')?.['items']).map(stringOf) : []
  })
  if (schemas.length === 0) build.unknown('default privileges of every schema concern whatever is created')
  for (const name of new Set([...schemas, ''])) build.object('schema-objects', { schema: '', name }, 'write', 'default')
}

export const createRole: EffectReader = (fields, { build }) => {
  build.object('role', { schema: '', name: textOf(fields['role']) }, 'add', 'exist')
}

export const alterRole: EffectReader = (fields, { build }) => {
  const name = textOf((nodeOf(fields['role'], 'RoleSpec') ?? fieldsOf(fields['role']))['rolename'])
  build.object('role', { schema: '', name }, 'write', 'definition')
}

export const dropRole: EffectReader = (fields, { build }) => {
  for (const role of listOf(fields['roles'])) build.object('role', { schema: '', name: roleOf(role) }, 'write', 'exist')
  if (boolOf(fields['missing_ok'])) build.idempotent()
}

export const alterOwner: EffectReader = (fields, { build }) => {
  const relation = fields['relation']
  const kind = relation === undefined ? namespaceOf(textOf(fields['objectType'])) : 'relation'
  build.object(kind, relation === undefined ? objectNameOf(fields['object']) : relationOf(relation), 'write', 'privileges')
}
