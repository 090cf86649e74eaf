import type { Effect } from '@yama/core'
import { relationOf } from './ast.ts'
import { createdIn } from './created-in.ts'
import type { EffectReader } from './effect-scope.ts'
import { namedTypes, queryReads } from './query-reads.ts'

/** `CREATE [OR REPLACE] VIEW`. Reading it reads its tables, writing through it writes them. */
export const view: EffectReader = (fields, scope) => {
  const { build } = scope
  const name = relationOf(fields['view'])
  const replaces = fields['replace'] === true
  build.object('relation', name, 'add', 'exist')
  createdIn('relation', name, scope)
  if (replaces) {
    build.object('relation', name, 'write', 'definition')
    build.idempotent()
  }
  queryReads(fields['query'], scope, 'depends')
  namedTypes(fields['query'], scope)
  const inner = scope.nested()
  queryReads(fields['query'], inner, 'rows')
  const reads = inner.build.done()
  build.link('relation', name, 'read', reads)
  // A change through it is a change of them, of whatever columns.
  for (const [when, access] of [
    ['insert', 'add'],
    ['update', 'write'],
    ['delete', 'write'],
  ] as const)
    build.link('relation', name, when, {
      ...reads,
      effects: reads.effects.flatMap((effect) =>
        effect.facet === 'rows' && effect.member === 'rows:all' ? written(effect, access) : [effect],
      ),
    })
}

/** An update through a view may be of any column, so it counts as a new row and a removed one. */
function written({ object, schema }: Effect, access: 'add' | 'write'): readonly Effect[] {
  const accesses = access === 'add' ? (['add'] as const) : (['add', 'write'] as const)
  return accesses.map((each) => ({ object, schema, facet: 'rows', access: each }))
}
