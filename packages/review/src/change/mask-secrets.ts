import type { DatabaseKind } from '@yama/core'
import { lexerRules, tokenize, type Token } from '@yama/sql'

const MASK = '***'
/** After these a literal is a secret: `PASSWORD 'x'`, `MASTER_PASSWORD = 'x'`, `OPTIONS (password 'x')`. */
const SECRET_WORD = /(?:^|_)(?:password|passwd|pwd|secret|token|apikey|api_key|access_key|secret_key|private_key|credentials?)$/i
/** What may stand between such a word and its literal. */
const BETWEEN = /^(?:[=(]|:=|=>|to|by|as|with|hash)$/i
/** After IDENTIFIED, what says that the literal is no plugin's name. */
const IDENTIFIED_BY = /^(?:by|as|using|replace)$/i
const MAY_HOLD = /password|passwd|pwd|identified|secret|token|key|credential|:\/\//i

/**
 * A statement that may be shown: passwords in it are `***`, whatever stands around them as written. Knows passwords of roles and users,
 * of servers, user mappings, subscriptions and replicas, and connection strings and URLs inside literals.
 *
 * @example maskSecrets("CREATE ROLE app PASSWORD 'x'", 'postgres') // "CREATE ROLE app PASSWORD '***'"
 */
export function maskSecrets(sql: string, kind: DatabaseKind): string {
  if (!MAY_HOLD.test(sql)) return sql
  const state = { expects: false, identified: false, assigns: false, previous: '' }
  return tokenize(sql, lexerRules[kind])
    .map((token) => {
      if (token.kind === 'space') return token.text
      if (token.kind === 'comment') return maskUrls(token.text)
      if (isLiteral(token, kind)) {
        const shown = state.expects ? masked(token.text) : maskUrls(token.text)
        state.expects = false
        return shown
      }
      follow(state, token.text.replaceAll(/["`[\]]/g, ''))
      return token.kind === 'conditional' || token.kind === 'hint' ? maskUrls(token.text) : token.text
    })
    .join('')
}

function follow(state: { expects: boolean; identified: boolean; assigns: boolean; previous: string }, word: string): void {
  if (/^identified$/i.test(word)) state.identified = true
  // SET PASSWORD FOR somebody = 'x'
  if (/^password$/i.test(word) && /^set$/i.test(state.previous)) state.assigns = true
  if (SECRET_WORD.test(word) || (state.identified && IDENTIFIED_BY.test(word)) || (state.assigns && word === '=')) state.expects = true
  else if (!BETWEEN.test(word)) state.expects = false
  state.previous = word
}

const isLiteral = ({ kind, text }: Token, database: DatabaseKind): boolean =>
  kind === 'string' || kind === 'dollar' || (kind === 'identifier' && text.startsWith('"') && lexerRules[database].doubleQuotedStrings)

/** The literal with its quotes, and nothing of what they hold. */
function masked(literal: string): string {
  const open = /^(?:[A-Za-z]&?|_\w+\s*)?(?:\$[^$]*\$|['"])/.exec(literal)?.[0] ?? "'"
  const close = open.endsWith('$') ? open.slice(open.indexOf('$')) : open.slice(-1)
  return `${open}${MASK}${close}`
}

/** A text without the passwords of URLs, connection strings and statements in it: `postgres://app:***@db/x`, `host=db password=***`. */
export function maskUrls(text: string): string {
  return text
    .replaceAll(/\b([a-z][a-z0-9+.-]*:\/\/[^\s:@/?#'"]*):[^\s'"]*@/gi, `$1:${MASK}@`)
    .replaceAll(/\b(password|identified\s+by)(\s+)'(?:[^']|'')*'/gi, `$1$2'${MASK}'`)
    .replaceAll(/((?:^|[?&\s;'"])\w*(?:password|passwd|pwd|token|apikey|secret))(\s*=\s*)'(?:[^']|'')*'/gi, `$1$2'${MASK}'`)
    .replaceAll(/((?:^|[?&\s;'"])\w*(?:password|passwd|pwd|token|apikey|secret)=)[^\s&;'"]+/gi, `$1${MASK}`)
}
