/**
 * Where in the statement the server's `near '…' at line N` begins, as an offset in UTF-16 units; undefined where it cannot
 * be told. `following` is what stood behind the statement in the same text: the server quotes up to 80 characters of both.
 */
export function locateNear(message: string, statement: string, following = ''): number | undefined {
  const match = /near '([^]*)' at line (\d+)$/.exec(message)
  if (match === null) return undefined
  const near = match[1] ?? ''
  const line = Number(match[2])
  // The server found the end where it expected more.
  if (near === '' || `${following}\n`.trimStart().startsWith(near.trimStart())) return statement.trimEnd().length
  const text = statement + following
  const places: number[] = []
  for (let at = text.indexOf(near); at >= 0 && at < statement.length; at = text.indexOf(near, at + 1)) places.push(at)
  if (places.length < 2) return places[0]
  // The line is that of the word after which the server gave up: the near text begins in it or before it.
  const start = statement.length - statement.trimStart().length
  const lineOf = (offset: number): number => 1 + statement.slice(start, offset).split('\n').length - 1
  return places.filter((place) => lineOf(place) <= line).at(-1) ?? places[0]
}
