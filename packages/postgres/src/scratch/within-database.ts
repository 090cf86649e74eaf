import { schemaErrors } from '@yama/schema'
import { lexerRules, tokenize, type Token } from '@yama/sql'
import { identifier } from '../types/quoted.ts'

/** Where statements of migrations are run instead of where they are meant for. */
export interface ThrowAway {
  /** Its own name. */
  readonly database: string
  /** The one that the migrations are for; undefined where none is known. */
  readonly target: string | undefined
  /** Others use the server too: what is outside of the throw-away database is not touched. */
  readonly shared: boolean
}

/** Only these can name a database or change the server. */
const WORTH_READING =
  /^\s*(?:--|\/\*|(?:CREATE\s+DATABASE|ALTER\s+(?:DATABASE|SYSTEM|TABLESPACE|ROLE|USER)|DROP\s+(?:DATABASE|TABLESPACE|ROLE|USER|GROUP)|COMMENT|SECURITY|GRANT|REVOKE)\b)/i
const OF_SERVER = new Set([
  'CREATE DATABASE',
  'DROP DATABASE',
  'ALTER SYSTEM',
  'ALTER TABLESPACE',
  'DROP TABLESPACE',
  'DROP ROLE',
  'DROP USER',
  'DROP GROUP',
])
const IGNORED = new Set(['space', 'comment', 'directive', 'hint', 'terminator'])

/**
 * A statement as it is run in a throw-away database: `ALTER DATABASE app` for the database that the migrations are for is about this one. Throws
 * YAMA_SCRATCH_OUTSIDE where it would change another database, or take something from the server, that others use.
 */
export function withinDatabase(sql: string, { database, target, shared }: ThrowAway): string {
  if (!WORTH_READING.test(sql)) return sql
  const words = tokenize(sql, lexerRules.postgres).filter(({ kind }) => !IGNORED.has(kind))
  const what = words.slice(0, 2).map(upper).join(' ')
  if (OF_SERVER.has(what)) {
    if (shared) throw schemaErrors.YAMA_SCRATCH_OUTSIDE({ what: `the server (${what})` })
    return sql
  }
  let read = ''
  let end = 0
  for (const word of databases(words)) {
    const name = nameOf(word)
    if (name === target) {
      read += sql.slice(end, word.start) + identifier(database)
      end = word.end
    } else if (shared && name !== database) throw schemaErrors.YAMA_SCRATCH_OUTSIDE({ what: `the database ${name}` })
  }
  return read + sql.slice(end)
}

/** `ALTER DATABASE a`, `COMMENT ON DATABASE a`, `ALTER ROLE r IN DATABASE a`, `GRANT … ON DATABASE a, b`. */
function databases(words: readonly Token[]): readonly Token[] {
  const at = words.findIndex((word, index) => upper(word) === 'DATABASE' && BEFORE.has(upper(words[index - 1])))
  const found: Token[] = []
  for (let index = at + 1; at > 0; index += 2) {
    const word = words[index]
    if (word?.kind !== 'word' && word?.kind !== 'identifier') break
    found.push(word)
    if (words[index + 1]?.text !== ',') break
  }
  return found
}

const BEFORE = new Set(['ALTER', 'ON', 'IN'])
const upper = (word: Token | undefined): string => (word?.kind === 'word' ? word.text.toUpperCase() : (word?.text ?? ''))
const nameOf = ({ kind, text }: Token): string => (kind === 'word' ? text.toLowerCase() : text.slice(1, -1).replaceAll('""', '"'))
