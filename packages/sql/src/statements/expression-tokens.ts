import type { DatabaseKind } from '@yama/core'
import { lexerRules } from '../lexer/lexer-rules.ts'
import { type Token, tokenize } from '../lexer/tokenize.ts'

/** A token as meant: quotes are opened, escapes are read. */
export interface MeantToken {
  readonly kind: 'word' | 'name' | 'string' | 'binary' | 'number' | 'operator' | 'open' | 'close' | 'other'
  readonly text: string
}

const SILENT: ReadonlySet<string> = new Set(['space', 'comment', 'directive', 'hint', 'conditional'])
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', 0: '\0', Z: '\u001A' }

/**
 * The tokens of an expression as they are meant, without space and comments: `"a""b"` is the name `a"b`, `E'\n'` a line break, `X'00'` a byte.
 *
 * @example expressionTokens("a = 'it''s'", 'postgres').at(-1) // { kind: 'string', text: "it's" }
 */
export function expressionTokens(sql: string, database: DatabaseKind): readonly MeantToken[] {
  const found = tokenize(sql, lexerRules[database]).filter(({ kind }) => !SILENT.has(kind))
  const mysql = database === 'mysql' || database === 'mariadb'
  return found.flatMap((token, at) => {
    // MySQL says the character set before a text: `_utf8mb4'x'`.
    const introduces = mysql && token.kind === 'word' && token.text.startsWith('_') && found[at + 1]?.kind === 'string'
    return introduces ? [] : [meant(token, mysql)]
  })
}

function meant({ kind, text }: Token, escapes: boolean): MeantToken {
  if (kind === 'word' || kind === 'number' || kind === 'operator' || kind === 'open' || kind === 'close') return { kind, text }
  if (kind === 'identifier') {
    const quote = text.startsWith('[') ? ']' : (text[0] ?? '')
    const name = text.slice(1, -1).replaceAll(quote + quote, quote)
    // SQLite takes an empty name for an empty text.
    return name === '' ? { kind: 'string', text: '' } : { kind: 'name', text: name }
  }
  if (kind === 'dollar') return { kind: 'string', text: text.slice(text.indexOf('$', 1) + 1, text.lastIndexOf('$', text.length - 2)) }
  if (kind !== 'string') return { kind: 'other', text }
  const prefix = /^[A-Za-z&]*/.exec(text)?.[0].toLowerCase() ?? ''
  const quote = text[prefix.length] ?? "'"
  const inside = text.slice(prefix.length + 1, -1)
  if (prefix === 'x') return { kind: 'binary', text: inside.toLowerCase() }
  if (prefix !== '' && prefix !== 'e') return { kind: 'other', text }
  const opened = inside.replaceAll(quote + quote, quote)
  if (!escapes && prefix !== 'e') return { kind: 'string', text: opened }
  return { kind: 'string', text: opened.replaceAll(/\\(.)/gs, (_, letter: string) => ESCAPES[letter] ?? letter) }
}
