import type { ObjectName } from '@yama/sql'
import type { EffectScope } from './effect-scope.ts'

/**
 * Whatever is created belongs to a schema, takes its default privileges, and is one of "all tables in schema". Only what is
 * said of all of them meets it there.
 */
export function createdIn(kind: string, { schema, name }: ObjectName, { build }: EffectScope): void {
  if (schema !== '') build.object('schema', { schema: '', name: schema }, 'read', 'exist')
  build.member('schema-objects', { schema: '', name: schema }, `object:${kind}:${name}`, 'add', 'exist')
  build.member('schema-objects', { schema: '', name: schema }, `object:${kind}:${name}`, 'read', 'default')
}
