import type { Connection, ExpectedState, StepExpectation } from '@yama/core'
import { literal } from '../../types/quoted.ts'
import { follows, lexerRules, nameAt, significantTokens, type Word } from '@yama/sql'
import { INVALID } from './leftovers.ts'

/** A question that gives one text, or none where there is no such object. */
interface Subject {
  readonly object: string
  readonly question: string
  readonly after: ExpectedState
}

/** What changes no object and may run twice. */
const HARMLESS = new Set(['VACUUM', 'ANALYZE', 'CLUSTER', 'CHECKPOINT', 'DISCARD', 'SET', 'RESET', 'LISTEN', 'UNLISTEN', 'LOAD'])
/** Objects of the whole cluster or database, by the catalogue's columns. */
const NAMED: Readonly<Record<string, string>> = {
  DATABASE: 'SELECT (datname, dattablespace)::text AS state FROM pg_catalog.pg_database WHERE datname',
  TABLESPACE: 'SELECT spcname::text AS state FROM pg_catalog.pg_tablespace WHERE spcname',
  SUBSCRIPTION: 'SELECT (subname, subenabled, subpublications)::text AS state FROM pg_catalog.pg_subscription WHERE subname',
}

/** The objects of a statement that cannot run in a transaction. Undefined where its text does not say. */
export async function expectation(connection: Connection, statement: string): Promise<StepExpectation | undefined> {
  const words = significantTokens(statement.length > 20_000 ? statement.slice(0, 20_000) : statement, lexerRules.postgres)
  const subject = HARMLESS.has(words[0]?.text ?? '') || follows(words, 0, ['ALTER', 'SYSTEM']) !== undefined ? 'nothing' : subjectOf(words)
  if (subject === undefined) return undefined
  if (subject === 'nothing') return { before: {}, after: {} }
  const { rows } = await connection.execute(subject.question)
  const state = rows[0]?.['state']
  return {
    before: { [subject.object]: typeof state === 'string' && state !== '' ? state : null },
    after: { [subject.object]: subject.after },
  }
}

function subjectOf(words: readonly Word[]): Subject | undefined {
  const verb = words[0]?.text
  if (words.some((word) => word.text === 'CONCURRENTLY' && word.depth === 0)) return concurrent(words)
  const kind = words[1]?.text ?? ''
  if (verb === 'REINDEX') return reindexed()
  if (verb === 'ALTER' && kind === 'TYPE') return enumType(nameAt(words, 2).name)
  const question = Object.hasOwn(NAMED, kind) ? NAMED[kind] : undefined
  if (question === undefined) return undefined
  const { name } = nameAt(words, follows(words, 2, ['IF', 'EXISTS']) ?? 2)
  const after = ({ CREATE: 'present', DROP: 'absent', ALTER: 'changed' } as const)[verb ?? '']
  return name === undefined || after === undefined
    ? undefined
    : { object: `${kind.toLowerCase()} ${name}`, after, question: `${question} = (parse_ident(${literal(name)}))[1]` }
}

function concurrent(words: readonly Word[]): Subject | undefined {
  const verb = words[0]?.text
  const at = words.findIndex((word) => word.text === 'CONCURRENTLY') + 1
  if (verb === 'REINDEX') return reindexed()
  if (verb === 'DROP') {
    const { name } = nameAt(words, follows(words, at, ['IF', 'EXISTS']) ?? at)
    // An interrupted DROP leaves the index invalid: it is dropped again, so whether it is valid does not count.
    return name === undefined
      ? undefined
      : { object: `index ${name}`, after: 'absent', question: `SELECT pg_get_indexdef(to_regclass(${literal(name)})) AS state` }
  }
  if (verb === 'ALTER') return detached(words)
  const from = follows(words, at, ['IF', 'NOT', 'EXISTS']) ?? at
  const named = words[from]?.text === 'ON' ? undefined : nameAt(words, from).name
  const on = words.findIndex((word, index) => index >= from && word.depth === 0 && word.text === 'ON')
  const table = on < 0 ? undefined : nameAt(words, follows(words, on + 1, ['ONLY']) ?? on + 1).name
  if (verb !== 'CREATE' || table === undefined) return undefined
  const indexes = `SELECT string_agg(CASE WHEN i.indisvalid THEN pg_get_indexdef(c.oid) ELSE '${INVALID}' || c.oid::regclass::text END, E'\\n' ORDER BY c.relname) AS state
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = to_regclass(${literal(table)})`
  // Without a name the server finds one: there is one index more than before, where there may have been none.
  if (named === undefined)
    return { object: `indexes of ${table}`, after: 'changed', question: `SELECT concat_ws(E'\\n', 'indexes', (${indexes})) AS state` }
  return { object: `index ${named}`, after: 'present', question: `${indexes} AND c.relname = (parse_ident(${literal(named)}))[1]` }
}

/** A rebuilt index is as it was; what an interrupted REINDEX leaves has a name of its own. */
const reindexed = (): Subject => ({
  object: 'rebuilt indexes',
  after: 'any',
  question: `SELECT string_agg('${INVALID}' || c.oid::regclass::text, E'\\n' ORDER BY c.oid) AS state FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$'`,
})

function enumType(name: string | undefined): Subject | undefined {
  if (name === undefined) return undefined
  const question = `SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) AS state FROM pg_catalog.pg_enum WHERE enumtypid = to_regtype(${literal(name)})`
  return { object: `type ${name}`, after: 'changed', question }
}

/** `ALTER TABLE t DETACH PARTITION p CONCURRENTLY`. */
function detached(words: readonly Word[]): Subject | undefined {
  const at = words.findIndex((word, index) => word.text === 'DETACH' && words[index + 1]?.text === 'PARTITION')
  const { name } = nameAt(words, at + 2)
  if (at < 0 || name === undefined) return undefined
  const question = `SELECT 'partition of ' || inhparent::regclass::text || CASE WHEN (to_jsonb(i) ->> 'inhdetachpending')::boolean THEN ', detach pending' ELSE '' END AS state FROM pg_catalog.pg_inherits i WHERE inhrelid = to_regclass(${literal(name)})`
  return { object: `partition ${name}`, after: 'absent', question }
}
