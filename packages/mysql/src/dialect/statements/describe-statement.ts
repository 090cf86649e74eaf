import type { StatementEffect } from '@yama/core'
import { follows, lexerRules, nameAt, significantTokens, statementForms, type Word } from '@yama/sql'
import { alterTableEffect } from './alter-table-effect.ts'
import { ddlForms, DEFINED, type DdlForm } from './ddl-forms.ts'

const QUERY = new Set(['SELECT', 'VALUES', 'TABLE', 'EXPLAIN', 'DESCRIBE', 'DESC', 'SHOW', 'HELP'])
const CONTROL = new Set([
  'BEGIN',
  'START',
  'COMMIT',
  'ROLLBACK',
  'SAVEPOINT',
  'RELEASE',
  'SET',
  'USE',
  'LOCK',
  'UNLOCK',
  'PREPARE',
  'DEALLOCATE',
  'KILL',
])
const OTHER = new Set([
  'CALL',
  'DO',
  'EXECUTE',
  'HANDLER',
  'LOAD',
  'IMPORT',
  'XA',
  'BINLOG',
  'CHANGE',
  'STOP',
  'RESET',
  'PURGE',
  'CACHE',
  'SIGNAL',
])
/** Loads may be megabytes of values; their first words say everything. */
const LOADS = new Set(['INSERT', 'REPLACE'])
const MODIFIERS = new Set(['LOW_PRIORITY', 'DELAYED', 'HIGH_PRIORITY', 'QUICK', 'IGNORE', 'INTO', 'FROM'])

const formOf = statementForms(ddlForms)

/** What is known of a statement from its words; advice for people, never trusted for correctness. */
export function describeStatement(sql: string): StatementEffect {
  const head = significantTokens(sql.slice(0, 500), lexerRules.mysql)
  const [first = ''] = head.map((word) => word.text)
  if (LOADS.has(first)) return dml(first, nameAt(head, afterModifiers(head)).name)
  if (QUERY.has(first)) return { verb: first, class: 'query', loss: 'none' }
  // The compound statement of MariaDB may do anything.
  if (first === 'BEGIN' && head[1]?.text === 'NOT') return { verb: 'BEGIN NOT ATOMIC', class: 'other', loss: 'none' }
  if (CONTROL.has(first)) return { verb: first, class: 'control', loss: 'none' }
  if (OTHER.has(first)) return { verb: first, class: 'other', loss: 'none' }
  const words = sql.length <= 500 ? head : significantTokens(sql, lexerRules.mysql)
  if (first === 'UPDATE') return dml(first, nameAt(words, afterModifiers(words)).name)
  if (first === 'DELETE') return deletes(words)
  if (first === 'WITH')
    return {
      verb: first,
      class: words.some(({ depth, text }) => depth === 0 && text === 'DELETE') ? 'dml' : withClass(words),
      loss: 'none',
    }
  const found = formOf(words)
  if (found !== undefined) return ddl(found.form, words, found.after)
  return defined(words) ?? { verb: first, class: first === '' ? 'other' : 'ddl', loss: 'none' }
}

const named = (name: string | undefined): { readonly object?: string } => (name === undefined ? {} : { object: name })

const dml = (verb: string, name: string | undefined): StatementEffect => ({
  verb,
  ...named(name),
  class: 'dml',
  loss: 'none',
})

/** `WITH … SELECT` reads; everything else after WITH writes. */
const withClass = (words: readonly Word[]): 'query' | 'dml' =>
  words.some(({ depth, text }) => depth === 0 && (text === 'UPDATE' || text === 'INSERT' || text === 'REPLACE')) ? 'dml' : 'query'

function afterModifiers(words: readonly Word[]): number {
  let at = 1
  while (MODIFIERS.has(words[at]?.text ?? '')) at++
  return at
}

function deletes(words: readonly Word[]): StatementEffect {
  const { name } = nameAt(words, afterModifiers(words))
  const some = words.some((word) => word.depth === 0 && (word.text === 'WHERE' || word.text === 'LIMIT' || word.text === 'JOIN'))
  return { ...dml('DELETE', name), loss: some ? 'none' : 'certain', ...(some ? {} : { loses: `all rows of ${name ?? 'the table'}` }) }
}

function ddl(form: DdlForm, words: readonly Word[], after: number): StatementEffect {
  const { name, end } = nameAt(words, afterExists(words, after))
  const base = {
    ...named(form.nameless === true ? undefined : name),
    class: 'ddl',
    ...(form.lock === undefined ? {} : { lock: form.lock }),
  } as const
  if (form.verb === 'ALTER TABLE') {
    const { action, ...effect } = alterTableEffect(words, end, name ?? 'the table')
    return { verb: action === '' ? form.verb : `${form.verb} … ${action}`, ...base, ...effect }
  }
  return {
    verb: form.verb,
    ...base,
    ...(form.rewrites === undefined ? {} : { rewrites: form.rewrites }),
    loss: form.loses === undefined ? 'none' : 'certain',
    ...(form.loses === undefined ? {} : { loses: form.loses.replace('*', listed(words, end, name)) }),
  }
}

const afterExists = (words: readonly Word[], at: number): number =>
  follows(words, at, ['IF', 'NOT', 'EXISTS']) ?? follows(words, at, ['IF', 'EXISTS']) ?? at

/** `DROP TABLE a, b` loses both. */
function listed(words: readonly Word[], from: number, first: string | undefined): string {
  const names = [first ?? '']
  let at = from
  while (words[at]?.text === ',') {
    const next = nameAt(words, at + 1)
    names.push(next.name ?? '')
    at = next.end
  }
  return names.join(', ')
}

/** Views, triggers and routines, whose kind stands behind definer and security. */
function defined(words: readonly Word[]): StatementEffect | undefined {
  if (words[0]?.text !== 'CREATE') return undefined
  const at = words.findIndex((word, i) => i > 0 && word.kind === 'word' && DEFINED.has(word.text) && words[i - 1]?.text !== '=')
  const kind = words[at]?.text
  if (kind === undefined) return undefined
  const name = nameAt(words, afterExists(words, kind === 'AGGREGATE' ? at + 2 : at + 1)).name
  return { verb: `CREATE ${kind === 'AGGREGATE' ? 'FUNCTION' : kind}`, ...named(name), class: 'ddl', loss: 'none' }
}
