import type { Connection } from '@yama/core'
import { follows, lexerRules, nameAt, significantTokens, type Word } from '@yama/sql'
import { postgresErrors } from '../errors/errors.ts'
import { literal } from '../types/quoted.ts'

/**
 * After a concurrent index build, finished or failed: rejects with YAMA_POSTGRES_INVALID_INDEX where it left an INVALID
 * index on its table. Looks at that table only, for an INVALID index elsewhere may be another session's build at work.
 */
export async function checkAfter(connection: Connection, statement: string): Promise<void> {
  if (!/concurrently/i.test(statement)) return
  const subject = concurrentSubject(significantTokens(statement, lexerRules.postgres))
  if (subject === undefined) return
  const relation = `to_regclass(${literal(subject.name)})`
  const { rows } = await connection.execute(
    `SELECT i.indexrelid::regclass::text AS index, i.indrelid::regclass::text AS on_table FROM pg_catalog.pg_index i
WHERE NOT i.indisvalid AND ${subject.of === 'table' ? `i.indrelid = ${relation}` : `i.indrelid = (SELECT indrelid FROM pg_catalog.pg_index WHERE indexrelid = ${relation})`}
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid = i.indexrelid AND c.relkind = 'I') ORDER BY 1`,
  )
  const row = rows[0]
  if (row !== undefined) throw postgresErrors.YAMA_POSTGRES_INVALID_INDEX({ index: String(row['index']), table: String(row['on_table']) })
}

function concurrentSubject(words: readonly Word[]): { readonly of: 'table' | 'index'; readonly name: string } | undefined {
  const first = words[0]?.text
  if (first === 'CREATE') {
    const on = words.findIndex((word) => word.depth === 0 && word.text === 'ON')
    const { name } = nameAt(words, follows(words, on + 1, ['ONLY']) ?? on + 1)
    return on < 0 || name === undefined ? undefined : { of: 'table', name }
  }
  if (first !== 'REINDEX') return undefined
  const at = words.findIndex((word) => word.text === 'CONCURRENTLY') + 1
  const { name } = nameAt(words, at)
  const kind = words.slice(0, at).find((word) => word.text === 'TABLE' || word.text === 'INDEX')?.text
  return name === undefined || kind === undefined ? undefined : { of: kind === 'TABLE' ? 'table' : 'index', name }
}
