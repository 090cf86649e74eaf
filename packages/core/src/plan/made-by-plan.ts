import type { StatementEffect } from '../contract/statement.ts'

/** The tables that the statements seen so far have made, under their present names. */
export interface MadeByPlan {
  has(name: string | undefined): boolean
  see(sql: string, effect: StatementEffect): void
}

const RENAME = /\bRENAME\s+TO\s+("(?:[^"]|"")+"|`[^`]+`|\[[^\]]+\]|[^\s;]+)\s*;?\s*$/i
const GUARDED = /^\s*CREATE\s+(?:\w+\s+){0,3}IF\s+NOT\s+EXISTS\b/i

/** Follows `CREATE TABLE`, `RENAME TO` and `DROP TABLE` through a plan; anything else is not believed to make a table. `tables` are those that were there before. */
export function madeByPlan(tables?: readonly string[]): MadeByPlan {
  const made = new Set<string>()
  const there = tables === undefined ? undefined : new Set(tables)
  return {
    has: (name) => name !== undefined && (made.has(bare(name)) || there?.has(bare(name)) === false),
    see: (sql, { verb, object }) => {
      if (object === undefined) return
      const name = bare(object)
      // A guarded CREATE may have found a table with rows in it.
      if (verb.startsWith('CREATE') && verb.endsWith('TABLE') && !GUARDED.test(sql)) made.add(name)
      else if (verb.startsWith('DROP') && verb.endsWith('TABLE')) made.delete(name)
      else if (verb.startsWith('ALTER TABLE') && made.has(name)) {
        const renamed = RENAME.exec(sql)?.[1]
        if (renamed === undefined) return
        made.delete(name)
        made.add(bare(renamed))
      }
    },
  }
}

/** As written, without quotes and without the default schemas, so that `public.users` and `"users"` are one. */
const bare = (name: string): string =>
  name
    .replaceAll(/["`[\]]/g, '')
    .replace(/^(?:public|main)\./i, '')
    .toLowerCase()
