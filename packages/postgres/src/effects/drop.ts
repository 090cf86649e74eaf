import { listOf, nameOf, nodeOf, textOf } from './ast.ts'
import type { EffectReader } from './effect-scope.ts'
import { judged } from './judged.ts'
import { namespaceOf, objectNameOf, touch } from './object-kinds.ts'

const BEHAVIOUR = new Set(['OBJECT_TRIGGER', 'OBJECT_POLICY', 'OBJECT_RULE'])

/** `DROP …` of whatever kind. */
export const drop: EffectReader = (fields, scope) => {
  const { build } = scope
  const type = textOf(fields['removeType'])
  if (fields['missing_ok'] === true) build.idempotent()
  if (fields['behavior'] === 'DROP_CASCADE') build.cascade()
  for (const object of listOf(fields['objects'])) {
    touch(build, type, object, 'write', 'exist')
    if (BEHAVIOUR.has(type)) {
      judged(nameOf(listOf(nodeOf(object, 'List')?.['items']).slice(0, -1)), scope, 'insert', 'update', 'delete')
      continue
    }
    const { schema, name } = objectNameOf(object)
    build.member('schema-objects', { schema: '', name: schema }, `object:${namespaceOf(type)}:${name}`, 'write', 'exist')
    // Everything in it goes too, and what that is, the statement does not say.
    if (type === 'OBJECT_SCHEMA' && fields['behavior'] === 'DROP_CASCADE')
      build.object('schema-objects', { schema: '', name }, 'write', 'exist')
  }
}
