import type { StatementEffect } from '@yama/core'
import { follows, lexerRules, nameAt, significantTokens, statementForms, statementWords, type Word } from '@yama/sql'
import { alterTableEffect } from './alter-table-effect.ts'
import { ddlForms, type DdlForm } from './ddl-forms.ts'

const QUERY = new Set(['SELECT', 'VALUES', 'TABLE', 'EXPLAIN', 'SHOW', 'FETCH'])
const CONTROL = new Set([
  'BEGIN',
  'START',
  'COMMIT',
  'END',
  'ROLLBACK',
  'ABORT',
  'SAVEPOINT',
  'RELEASE',
  'SET',
  'RESET',
  'DISCARD',
  'PREPARE',
  'DEALLOCATE',
  'LISTEN',
  'NOTIFY',
  'LOCK',
])

const formOf = statementForms(ddlForms)

/** What is known of a statement from its words; advice for people, never trusted for correctness. */
export function describeStatement(sql: string): StatementEffect {
  const [first = ''] = statementWords(sql, lexerRules.postgres)
  if (QUERY.has(first)) return { verb: first, class: 'query', loss: 'none' }
  if (CONTROL.has(first)) return { verb: first, class: 'control', loss: 'none' }
  // A data load may be megabytes of values; its first words say everything.
  if (first === 'INSERT' || first === 'COPY' || first === 'MERGE')
    return loads(first, significantTokens(sql.slice(0, 500), lexerRules.postgres))
  const words = significantTokens(sql, lexerRules.postgres)
  if (first === 'UPDATE')
    return {
      verb: first,
      ...named(nameAt(words, follows(words, 1, ['ONLY']) ?? 1).name),
      class: 'dml',
      lock: 'ROW EXCLUSIVE',
      loss: 'none',
    }
  if (first === 'DELETE') return deletes(words)
  if (first === 'WITH') return { verb: first, class: 'dml', loss: 'none' }
  const found = formOf(words)
  if (found !== undefined) return ddl(found.form, words, found.after)
  return { verb: first, class: first === 'DO' || first === 'CALL' ? 'other' : 'ddl', loss: 'none' }
}

const named = (name: string | undefined): { readonly object?: string } => (name === undefined ? {} : { object: name })

function loads(verb: string, words: readonly Word[]): StatementEffect {
  return { verb, ...named(nameAt(words, follows(words, 1, ['INTO']) ?? 1).name), class: 'dml', lock: 'ROW EXCLUSIVE', loss: 'none' }
}

function deletes(words: readonly Word[]): StatementEffect {
  const { name } = nameAt(words, follows(words, 2, ['ONLY']) ?? 2)
  const some = words.some((word) => word.depth === 0 && word.text === 'WHERE')
  return {
    verb: 'DELETE',
    ...named(name),
    class: 'dml',
    lock: 'ROW EXCLUSIVE',
    loss: some ? 'none' : 'certain',
    ...(some ? {} : { loses: `all rows of ${name ?? 'the table'}` }),
  }
}

function ddl(form: DdlForm, words: readonly Word[], after: number): StatementEffect {
  const exists = follows(words, after, ['IF', 'NOT', 'EXISTS']) ?? follows(words, after, ['IF', 'EXISTS']) ?? after
  const { name, end } =
    form.anonymous === true ? { name: undefined, end: exists } : nameAt(words, follows(words, exists, ['ONLY']) ?? exists)
  const object = form.nameless === true ? undefined : name
  const base = { ...named(object), class: 'ddl' } as const
  if (form.verb === 'ALTER TABLE') {
    const { action, ...effect } = alterTableEffect(words, words[end]?.text === '*' ? end + 1 : end, name ?? 'the table')
    return { verb: action === '' ? form.verb : `${form.verb} … ${action}`, ...base, ...effect }
  }
  const cascade = words.some((word) => word.depth === 0 && word.text === 'CASCADE')
  const lost = form.loses !== undefined && (form.onlyCascade !== true || cascade)
  return {
    verb: form.verb,
    ...base,
    ...(form.lock === undefined ? {} : { lock: form.lock }),
    ...(form.rewrites === undefined ? {} : { rewrites: form.rewrites }),
    loss: lost ? 'certain' : 'none',
    ...(lost ? { loses: (form.loses ?? '').replace('*', listed(words, end, name)) } : {}),
  }
}

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
