import { quoteIdentifier } from '@yama/sql'
import type { Database } from './open-database.ts'

const quote = (name: string): string => quoteIdentifier(name, 'sqlite')

/**
 * Views and triggers which SQLite cannot compile, each with its reason. It accepts and keeps them in silence and reports them
 * only when they are used, so a rebuild that took a column from under them would be noticed by the application first.
 */
export function brokenObjects(database: Database): ReadonlyMap<string, string> {
  const broken = new Map<string, string>()
  const compile = (object: string, sql: string): void => {
    try {
      database.prepare(sql)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      // Only the application knows the functions and collations that it brings.
      if (!/^no such (?:function|collation sequence)/.test(why)) broken.set(object, why)
    }
  }
  const views = database.prepare<[], { readonly name: string }>("SELECT name FROM sqlite_schema WHERE type = 'view'").all()
  for (const { name } of views) compile(`view ${name}`, `SELECT * FROM ${quote(name)}`)
  const triggers = database
    .prepare<[], { readonly target: string; readonly names: string; readonly columns: string | null }>(
      `SELECT s.tbl_name AS target, group_concat(DISTINCT s.name) AS names,
        (SELECT json_group_array(x.name) FROM pragma_table_xinfo(s.tbl_name, 'main') AS x WHERE x.hidden = 0) AS columns
      FROM sqlite_schema AS s JOIN sqlite_schema AS t ON t.name = s.tbl_name AND t.type = 'table'
      WHERE s.type = 'trigger' GROUP BY s.tbl_name`,
    )
    .all()
  for (const { target, names, columns } of triggers) {
    const object = `triggers of ${target} (${names.replaceAll(',', ', ')})`
    const set = (JSON.parse(columns ?? '[]') as string[]).map((name) => `${quote(name)} = ${quote(name)}`).join(', ')
    // Compiled, never run: compiling a statement compiles the triggers that it would fire.
    compile(object, `INSERT INTO ${quote(target)} DEFAULT VALUES`)
    compile(object, `DELETE FROM ${quote(target)}`)
    if (set !== '') compile(object, `UPDATE ${quote(target)} SET ${set}`)
  }
  return broken
}
