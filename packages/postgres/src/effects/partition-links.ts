import type { ObjectName } from '@yama/sql'
import type { EffectScope } from './effect-scope.ts'

/** A child or partition shares its rows and columns with its parent. */
export function partitionLinks(child: ObjectName, parent: ObjectName, isPartition: boolean, { build }: EffectScope): void {
  build.object('relation', parent, 'read', 'exist', 'shape')
  build.member('relation', parent, `${isPartition ? 'partition' : 'child'}:${child.name}`, 'add', 'exist')
  // Settings of columns are those of the children that are there, and not of the next one.
  build.member('relation', parent, 'children:', 'add', 'definition')
  // The rows of a default partition must not belong to the new one.
  if (isPartition) build.member('relation', parent, 'rows:all', 'read', 'rows')
  build.link('relation', parent, 'alter', {
    effects: [{ object: `relation:${child.name}`, schema: child.schema, facet: 'shape', access: 'write' }],
  })
  for (const [of, to] of [
    [child, parent],
    [parent, child],
  ] as const) {
    for (const [when, access] of [
      ['read', 'read'],
      ['insert', 'add'],
      ['update', 'write'],
      ['delete', 'write'],
    ] as const)
      build.link('relation', of, when, { effects: [{ object: `relation:${to.name}`, schema: to.schema, facet: 'rows', access }] })
  }
}
