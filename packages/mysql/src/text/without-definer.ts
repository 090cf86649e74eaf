import { significant, wordOf } from './tokens.ts'

/** `CREATE DEFINER=… FUNCTION` without its definer, which is a matter of the server, not of the schema: whoever runs it becomes the definer. */
export function withoutDefiner(statement: string): string {
  const tokens = significant(statement)
  const from = tokens.findIndex((token) => wordOf(token) === 'DEFINER')
  const to = tokens.findIndex(
    (token, at) => at > from && /^(?:FUNCTION|PROCEDURE|TRIGGER|EVENT|VIEW|AGGREGATE|SQL|PACKAGE)$/.test(wordOf(token)),
  )
  const [first, last] = [tokens[from], tokens[to]]
  if (first === undefined || last === undefined || from > 4 || to > from + 8) return statement
  return statement.slice(0, first.start) + statement.slice(last.start)
}
