/** What is used of `libpg-query`, PostgreSQL's own parser as WebAssembly. */
export interface Parser {
  /** The statements of a text. Throws its own error where the text does not parse. */
  readonly statements: (sql: string) => readonly unknown[]
  /** The parts of a `CREATE FUNCTION … LANGUAGE plpgsql`. */
  readonly plpgsql: (sql: string) => unknown
}

let loaded: Promise<Parser> | undefined

/** Loads the parser once, when it is first asked for. */
export function loadParser(): Promise<Parser> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<Parser> {
  const { loadModule, parseSync, parsePlPgSQLSync } = await import('libpg-query')
  await loadModule()
  return {
    statements: (sql) => (parseSync(sql).stmts ?? []).map(({ stmt }) => stmt),
    plpgsql: parsePlPgSQLSync,
  }
}
