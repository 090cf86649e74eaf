import { recordView } from '@yama/sql'
import { relationOf } from './ast.ts'
import { createdIn } from './created-in.ts'
import type { EffectReader } from './effect-scope.ts'
import { isOrdered } from './is-ordered.ts'
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
    // It may have more columns than before.
    build.member('relation', name, 'column:*', 'add', 'exist')
    build.idempotent()
  }
  queryReads(fields['query'], scope, 'depends')
  namedTypes(fields['query'], scope)
  const inner = scope.nested()
  queryReads(fields['query'], inner, 'rows')
  if (isOrdered(fields)) inner.build.ordered()
  recordView(build, name, inner.build.done())
}
