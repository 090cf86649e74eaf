import type { WordScope } from './word-scope.ts'
import type { WordCursor } from './words.ts'

/** `GRANT … ON … TO …` and `REVOKE`: for each grantee apart. */
export function grantWords(cursor: WordCursor, { build }: WordScope): void {
  while (!cursor.done && !cursor.is('ON')) cursor.at++
  cursor.take('ON')
  const kind = cursor.takeOne(['TABLE', 'PROCEDURE', 'FUNCTION'])
  const name = cursor.objectName()
  while (!cursor.done && !cursor.is('TO') && !cursor.is('FROM')) cursor.at++
  cursor.at++
  const grantees = cursor.rest().filter((word) => word.kind === 'string' || word.kind === 'name')
  // Roles, and privileges of everything, are left to a person.
  if (name === undefined || name.name === '*' || name.schema === '*' || grantees.length === 0)
    build.unknown('what it grants is not about one object')
  else
    for (const grantee of grantees)
      build.member(
        kind === 'PROCEDURE' || kind === 'FUNCTION' ? 'function' : 'relation',
        name,
        `grantee:${grantee.name}`,
        'write',
        'privileges',
      )
}
