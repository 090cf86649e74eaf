const PART = /('(?:[^'\\]|\\.|'')*'|`(?:[^`]|``)*`)|-\((\d+(?:\.\d+)?)\)/g

/** MySQL prints `-1` as `-(1)`, and that, said again, as `-1`: one form of both, so that a state does not differ from itself. */
export const negativeNumbers = (sql: string): string =>
  sql.replaceAll(PART, (all, quoted: string | undefined, number: string | undefined) =>
    quoted !== undefined || number === undefined ? all : `-${number}`,
  )
