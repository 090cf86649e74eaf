import type { DatabaseKind } from '../../contract/dialect.ts'

/** `${name}` in a statement; `escaped` stands for `${name}` itself. */
export interface FoundPlaceholder {
  readonly start: number
  readonly end: number
  readonly name: string
  readonly escaped: boolean
  /** What it stands in: the quotes of a text or a name, and whether a backslash means something there. */
  readonly within: Quoted | undefined
}
export interface Quoted {
  readonly quote: string
  readonly backslash: boolean
}

const NAME = /\$\{([A-Za-z_][\w.:-]*)\}/y
const ESCAPED = /(?:\\|\$)\$\{([A-Za-z_][\w.:-]*)\}/y
const DOLLAR_QUOTE = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y

const lexing = {
  postgres: { nested: true, hash: false, dollar: true, backslash: /[eE]$/, dashes: /--/y },
  mysql: { nested: false, hash: true, dollar: false, backslash: /$/, dashes: /--(?=\s|$)/y },
  mariadb: { nested: false, hash: true, dollar: false, backslash: /$/, dashes: /--(?=\s|$)/y },
  sqlite: { nested: false, hash: false, dollar: false, backslash: undefined, dashes: /--/y },
} satisfies Record<DatabaseKind, unknown>

/**
 * The placeholders of a statement, in strings and quoted names too; not in comments, and in bodies between dollar quotes
 * only where that is asked for.
 */
export function findPlaceholders(sql: string, kind: DatabaseKind, inBodies: boolean): readonly FoundPlaceholder[] {
  if (!sql.includes('${')) return []
  const { nested, hash, dollar, backslash, dashes } = lexing[kind]
  const found: FoundPlaceholder[] = []
  let quote: Quoted['quote'] | undefined
  let escapes = false
  const match = (pattern: RegExp, at: number): RegExpExecArray | null => {
    pattern.lastIndex = at
    return pattern.exec(sql)
  }
  const endOf = (text: string, from: number): number => {
    const end = sql.indexOf(text, from)
    return end < 0 ? sql.length : end + text.length
  }
  for (let at = 0; at < sql.length;) {
    const char = sql[at]!
    const escaped = char === '$' || char === '\\' ? match(ESCAPED, at) : null
    const plain = escaped === null && char === '$' ? match(NAME, at) : null
    const one = escaped ?? plain
    if (one !== null) {
      found.push({
        start: at,
        end: at + one[0].length,
        name: one[1]!,
        escaped: escaped !== null,
        within: quote === undefined ? undefined : { quote, backslash: escapes },
      })
      at += one[0].length
    } else if (quote !== undefined) {
      if (char === '\\' && escapes) at += 2
      else {
        if (char === quote) quote = undefined
        at++
      }
    } else if (char === "'" || char === '"' || char === '`') {
      quote = char
      escapes = char !== '`' && backslash !== undefined && backslash.test(sql.slice(0, at))
      at++
    } else if ((char === '-' && match(dashes, at) !== null) || (char === '#' && hash)) at = endOf('\n', at)
    else if (char === '/' && sql[at + 1] === '*' && !(hash && /^\/\*M?!/.test(sql.slice(at, at + 4)))) at = endOfComment(sql, at, nested)
    else if (char === '$' && dollar && !inBodies && !/[\w$]/.test(sql[at - 1] ?? ' ')) {
      const tag = match(DOLLAR_QUOTE, at)?.[0]
      at = tag === undefined ? at + 1 : endOf(tag, at + tag.length)
    } else at++
  }
  return found
}

function endOfComment(sql: string, from: number, nested: boolean): number {
  let depth = 0
  for (let at = from; at < sql.length; at++) {
    const two = sql.slice(at, at + 2)
    if (two === '/*' && (nested || depth === 0)) depth++
    else if (two === '*/') depth--
    else continue
    at++
    if (depth === 0) return at + 1
  }
  return sql.length
}
