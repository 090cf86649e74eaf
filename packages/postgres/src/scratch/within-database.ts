import { schemaErrors, type ScratchReach, type ThrowAway } from '@yama/schema'
import { lexerRules, tokenize, type Token } from '@yama/sql'
import { identifier } from '../types/quoted.ts'

/** Only these can name a database or change the server. */
const WORTH_READING =
  /^(?:\s|--[^\n]*\n|\/\*[^]*?\*\/)*(?:CREATE\s+DATABASE|ALTER\s+(?:DATABASE|SYSTEM|TABLESPACE|ROLE|USER)|DROP\s+(?:DATABASE|TABLESPACE|ROLE|USER|GROUP)|COPY|(?:CREATE|ALTER|DROP)\s+SUBSCRIPTION|COMMENT|SECURITY|GRANT|REVOKE)\b/i
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
 * YAMA_SCRATCH_OUTSIDE where it would change another database, or take something from the server, that others use; write a file there; or ask another server.
 */
export function withinDatabase(sql: string, { database, target, reach }: ThrowAway): string {
  if (!WORTH_READING.test(sql)) return sql
  const words = tokenize(sql, lexerRules.postgres).filter(({ kind }) => !IGNORED.has(kind))
  const what = words.slice(0, 2).map(upper).join(' ')
  refuseOthers(words, what, reach)
  if (OF_SERVER.has(what)) {
    if (reach === 'database') throw schemaErrors.YAMA_SCRATCH_OUTSIDE({ what: `the server (${what})` })
    return sql
  }
  let read = ''
  let end = 0
  for (const word of databases(words)) {
    const name = nameOf(word)
    if (name === target) {
      read += sql.slice(end, word.start) + identifier(database)
      end = word.end
    } else if (reach === 'database' && name !== database) throw schemaErrors.YAMA_SCRATCH_OUTSIDE({ what: `the database ${name}` })
  }
  return read + sql.slice(end)
}

/**
 * A subscription asks the publisher at once, and takes its slot along when it is dropped: that of the database which the migrations are for.
 * COPY writes files, and runs programs.
 */
function refuseOthers(words: readonly Token[], what: string, reach: ScratchReach): void {
  if (reach === 'anything') return
  const has = (...wanted: readonly string[]): boolean =>
    words.some((_, at) => wanted.every((word, next) => upper(words[at + next]) === word))
  const connects =
    (what === 'CREATE SUBSCRIPTION' && !has('CONNECT', '=', 'FALSE')) ||
    what === 'DROP SUBSCRIPTION' ||
    (what === 'ALTER SUBSCRIPTION' && (has('ENABLE') || has('REFRESH')))
  if (connects) throw schemaErrors.YAMA_SCRATCH_OUTSIDE({ what: `what another server does (${what})` })
  const to = words.findIndex((word) => upper(word) === 'TO')
  if (upper(words[0]) !== 'COPY' || !(has('PROGRAM') || words[to + 1]?.kind === 'string')) return
  throw schemaErrors.YAMA_SCRATCH_OUTSIDE({ what: 'a file of the server, or runs a program there (COPY)' })
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
