import type { Command, Connection, QueryResult } from '@yama/core'
import { parseFactId, type FactBase, type SchemaDialect } from '@yama/schema'
import { ToyDatabase } from './toy-database.ts'
import { toyDialect } from './toy-dialect.ts'

/** A toy server with rows: it reads the INSERT, SELECT and DELETE that a proof writes, and follows tables and columns through renames. */
export function toyServer(base: FactBase, wipes = false): { readonly connection: Connection; readonly dialect: SchemaDialect } {
  const database = new ToyDatabase(base)
  const rows = new Map<string, Record<string, string | null>[]>()
  const change = (sql: string): void => {
    database.execute(sql)
    const { rename, put } = JSON.parse(sql) as { rename?: { from: string; to: string }; put?: { kind: string; parent?: string }[] }
    if (wipes && put !== undefined) rows.clear()
    if (rename === undefined) return
    const [from, to] = [parseFactId(rename.from), parseFactId(rename.to)]
    if (from.kind === 'table') {
      rows.set(to.name, rows.get(from.name) ?? [])
      rows.delete(from.name)
    }
    if (from.kind === 'column') for (const row of rows.get(to.table ?? '') ?? []) row[to.name] = row[from.name] ?? null
  }
  const query = (sql: string): Record<string, unknown>[] => {
    const [, insertTable, names = '', values = ''] = /^INSERT INTO (\S+) \((.*?)\) VALUES (.*)$/s.exec(sql) ?? []
    if (insertTable !== undefined) {
      const columns = names.split(', ')
      const cells = [...values.matchAll(/NULL|'((?:[^']|'')*)'|-?[\d.e]+/g)].map(([text, quoted]) =>
        text === 'NULL' ? null : (quoted ?? text),
      )
      const made: Record<string, string | null>[] = []
      for (let at = 0; at < cells.length; at += columns.length)
        made.push(Object.fromEntries(columns.map((name, index) => [name, cells[at + index] ?? null])))
      rows.set(insertTable, [...(rows.get(insertTable) ?? []), ...made])
      return []
    }
    const [, list = '', selectTable] = /^SELECT (.*) FROM (\S+)/.exec(sql) ?? []
    const wanted = [...list.matchAll(/CAST\((\w+) AS text\) AS (c\d+)/g)]
    return (rows.get(selectTable ?? '') ?? []).map((row) =>
      Object.fromEntries(wanted.map(([, name = '', as = '']) => [as, row[name] ?? null])),
    )
  }
  const execute = (sql: string): QueryResult => {
    if (sql.startsWith('{')) change(sql)
    return { rows: sql.startsWith('{') ? [] : query(sql), affected: 0 }
  }
  const connection: Connection = {
    server: { kind: 'sqlite', product: 'Toy', version: '1', major: 1, host: '', database: '', user: '', readOnly: false, pooler: false },
    execute: (sql) => Promise.resolve(execute(sql)),
    batch: (commands: readonly Command[]) => Promise.resolve(commands.map(({ sql }) => execute(sql))),
    transaction: (work) => work(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
  return { connection, dialect: toyDialect(new WeakMap([[connection, database]])) }
}
