/** Quoted names and strings, which are passed over, and a list of varchar literals cast as a whole. */
const PARTS = /"(?:[^"]|"")*"|'(?:[^']|'')*'|\(ARRAY\[((?:'(?:[^']|'')*'::character varying(?:, )?)+)\]\)::text\[\]/g
const ITEM = /'(?:[^']|'')*'::character varying/g

/**
 * The form in which the server prints an expression after reading its own print back. There is one known place where the
 * two differ: a list of varchar literals, `status IN ('a', 'b')` over a varchar column, is printed as one cast of an array, but read
 * back as an array of casts, so that a schema that was dumped and restored would never equal its source. See docs/adr/0007.
 */
export function canonicalExpression(expression: string): string {
  if (!expression.includes('(ARRAY[')) return expression
  return expression.replaceAll(PARTS, (part: string, list: string | undefined) =>
    list === undefined ? part : `ARRAY[${(list.match(ITEM) ?? []).map((item) => `(${item})::text`).join(', ')}]`,
  )
}
