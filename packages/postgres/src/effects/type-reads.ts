import { fieldsOf, listOf, nameOf, nodeOf, type Fields } from './ast.ts'
import type { EffectScope } from './effect-scope.ts'

/** A type that is named: its existence and what it is. Those of the server itself are nobody's to change. */
export function typeReads(typeName: unknown, { build }: EffectScope): void {
  const fields: Fields = nodeOf(typeName, 'TypeName') ?? fieldsOf(typeName)
  if (listOf(fields['names']).length === 0) return
  const name = nameOf(fields['names'])
  if (name.schema === 'pg_catalog') return
  build.object('type', name, 'read', 'exist', 'type')
}
