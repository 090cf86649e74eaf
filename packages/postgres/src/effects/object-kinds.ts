import type { EffectBuilder, ObjectName } from '@yama/sql'
import type { EffectAccess, EffectFacet } from '@yama/core'
import { kindOf, listOf, nameOf, nodeOf, stringOf } from './ast.ts'

const RELATIONS = new Set(['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_INDEX', 'OBJECT_SEQUENCE', 'OBJECT_FOREIGN_TABLE'])
const FUNCTIONS = new Set(['OBJECT_FUNCTION', 'OBJECT_PROCEDURE', 'OBJECT_ROUTINE', 'OBJECT_AGGREGATE'])
const TYPES = new Set(['OBJECT_TYPE', 'OBJECT_DOMAIN'])
const MEMBERS: Readonly<Record<string, string>> = {
  OBJECT_TRIGGER: 'trigger',
  OBJECT_POLICY: 'policy',
  OBJECT_RULE: 'rule',
  OBJECT_TABCONSTRAINT: 'constraint',
  OBJECT_COLUMN: 'column',
}

/** The namespace that an object kind lives in, `relation` for tables and indexes alike; the kind itself where it is alone. */
export const namespaceOf = (objectType: string): string =>
  RELATIONS.has(objectType)
    ? 'relation'
    : FUNCTIONS.has(objectType)
      ? 'function'
      : TYPES.has(objectType)
        ? 'type'
        : objectType === 'OBJECT_STATISTIC_EXT'
          ? 'statistics'
          : objectType.replace('OBJECT_', '').toLowerCase().replaceAll('_', ' ')

/** The name of an object as DROP, COMMENT and RENAME hold it: a list, an `ObjectWithArgs`, a type or a string. */
export function objectNameOf(node: unknown): ObjectName {
  const [kind, fields] = kindOf(node)
  if (kind === 'List') return nameOf(fields['items'])
  if (kind === 'ObjectWithArgs') return nameOf(fields['objname'])
  if (kind === 'TypeName') return nameOf(fields['names'])
  if (kind === 'String') return { schema: '', name: stringOf(node) }
  return nameOf(node)
}

/** Records effects of an object or, for triggers, policies, constraints and columns, of the member of its table. */
export function touch(
  build: EffectBuilder,
  objectType: string,
  node: unknown,
  access: EffectAccess,
  ...facets: readonly EffectFacet[]
): void {
  const member = MEMBERS[objectType]
  if (member === undefined) {
    build.object(namespaceOf(objectType), objectNameOf(node), access, ...facets)
    return
  }
  const parts = listOf(nodeOf(node, 'List')?.['items'] ?? node)
  const table = nameOf(parts.slice(0, -1))
  build.member('relation', table, `${member}:${stringOf(parts.at(-1))}`, access, ...facets)
}
