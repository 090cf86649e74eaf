import { objectId, type Fact } from '@yama/schema'
import type { Token } from '@yama/sql'
import { significant, stringOf, wordOf } from '../text/tokens.ts'

/** A sequence of MariaDB, from `SHOW CREATE SEQUENCE`. */
export function sequenceFact(name: string, statement: string): Fact<'sequence'> {
  const tokens = significant(statement)
  const assigned = (word: string): Token | undefined => tokens[tokens.findIndex((token) => wordOf(token) === word) + 2]
  const engine = assigned('ENGINE')?.text ?? 'InnoDB'
  const hasComment = tokens.some((token) => wordOf(token) === 'COMMENT')
  const after = (...words: readonly string[]): string | undefined => {
    const at = tokens.findIndex((_, from) => words.every((word, offset) => wordOf(tokens[from + offset]) === word))
    if (at === -1) return undefined
    const value = tokens[at + words.length]
    return value?.text === '-' ? `-${tokens[at + words.length + 1]?.text ?? ''}` : value?.text
  }
  return {
    kind: 'sequence',
    id: objectId('sequence', '', name),
    schema: '',
    name,
    payload: {
      type: after('AS') ?? 'bigint',
      start: after('START', 'WITH') ?? '1',
      increment: after('INCREMENT', 'BY') ?? '1',
      min: after('MINVALUE') ?? '1',
      max: after('MAXVALUE') ?? '9223372036854775806',
      cache: after('CACHE') ?? '0',
      cycle: tokens.some((token) => wordOf(token) === 'CYCLE'),
      ...(engine === 'InnoDB' ? {} : { engine }),
      ...(hasComment ? { comment: stringOf(assigned('COMMENT')) } : {}),
    },
    dependsOn: [],
  }
}
