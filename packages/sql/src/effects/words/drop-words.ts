import { invalidating } from './alter-words.ts'
import { judged } from './table-elements.ts'
import type { ObjectName } from '../effect-builder.ts'
import { INDEXES } from '../inherited.ts'
import type { WordScope } from './word-scope.ts'
import { splitAtCommas, WordCursor } from './words.ts'

const KINDS = [
  'TABLE',
  'TABLES',
  'VIEW',
  'INDEX',
  'TRIGGER',
  'PROCEDURE',
  'FUNCTION',
  'EVENT',
  'SEQUENCE',
  'DATABASE',
  'SCHEMA',
  'USER',
  'ROLE',
  'SERVER',
]

/** `DROP …`. */
export function dropWords(cursor: WordCursor, scope: WordScope): void {
  const { build, rules } = scope
  cursor.take('DROP')
  while (cursor.takeOne(['TEMPORARY', 'TEMP', 'ONLINE', 'OFFLINE']) !== undefined);
  const kind = cursor.takeOne(KINDS)
  if (cursor.take('IF', 'EXISTS')) build.idempotent()
  if (kind === undefined) {
    build.unknown('what it drops is not known')
    return
  }
  const goes = (name: ObjectName): void => {
    invalidating(scope)
    build.object('relation', name, 'write', 'exist')
  }
  for (const part of splitAtCommas(cursor.rest())) {
    const inner = new WordCursor(part)
    const name = inner.objectName()
    if (name === undefined) build.unknown('what it drops is not known')
    else if (kind === 'INDEX' && inner.take('ON')) {
      const table = inner.objectName() ?? name
      build.member('relation', table, `index:${name.name}`, 'write', 'exist', 'uniqueness')
      build.member('relation', table, INDEXES, 'read', 'order')
      judged(table, scope, ['refused'])
    } else if (kind === 'TRIGGER') {
      build.object('trigger', { schema: '', name: name.name }, 'write', 'exist')
    } else if (kind === 'PROCEDURE' || kind === 'FUNCTION') build.object('function', name, 'write', 'exist')
    else if (kind === 'DATABASE' || kind === 'SCHEMA') build.unknown('whatever is in the database goes')
    else if (['TABLE', 'TABLES', 'VIEW', 'SEQUENCE'].includes(kind) || (kind === 'INDEX' && rules.kind === 'sqlite')) goes(name)
    else build.object(kind.toLowerCase(), name, 'write', 'exist')
  }
}
