import { memberId } from '@yama/schema'
import type { Emitter } from './emitter.ts'
import { reportTarget, targetOf } from './grant-target.ts'
import type { ColumnResolver } from './resolve-columns.ts'

/** Who owns what, where entities say so. Roles are named, never made. */
export function emitOwners(emitter: Emitter, resolver: ColumnResolver): void {
  const { model } = emitter
  for (const each of model.owners) {
    const { on: named, role } = each.data
    for (const on of typeof named === 'string' ? [named] : named) {
      const target = targetOf(on, model, resolver)
      const isPublic = target?.on === 'schema' && target.id === undefined
      if (target === undefined || target.column !== undefined || (!isPublic && !emitter.facts.has(target.id ?? ''))) {
        if (!model.silentEntities.has(on)) reportTarget(on, each, model)
        continue
      }
      emitter.add<'owner'>(
        {
          kind: 'owner',
          id: memberId('owner', target.schema, target.name, 'owner'),
          schema: target.schema,
          name: 'owner',
          ...(target.id === undefined ? {} : { parent: target.id }),
          payload: { role },
          dependsOn: [],
        },
        each,
      )
    }
  }
}
