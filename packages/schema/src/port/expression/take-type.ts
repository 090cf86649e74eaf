import { type ExpressionCursor, unknown } from './expression-cursor.ts'

const SECOND: ReadonlySet<string> = new Set(['varying', 'precision', 'without', 'with', 'time', 'zone', 'unsigned', 'integer'])

/** A type's words as a cast has them, with schema, size and brackets; the cursor stands behind it then. */
export function takeType(cursor: ExpressionCursor): string {
  const first = cursor.peek()
  if (first?.kind !== 'word' && first?.kind !== 'name') return unknown()
  let text = first.text
  cursor.skip()
  for (;;) {
    const token = cursor.peek()
    if (token?.kind === 'word' && SECOND.has(token.text.toLowerCase())) text += ` ${token.text}`
    else if (cursor.isText('.')) {
      cursor.skip()
      text += `.${cursor.peek()?.text ?? ''}`
    } else if (cursor.isText('(') && cursor.peek(1)?.kind === 'number') {
      while (!cursor.ended() && !cursor.isText(')')) {
        text += cursor.peek()?.text ?? ''
        cursor.skip()
      }
      text += ')'
    } else if (cursor.isText('[') && cursor.isText(']', 1)) {
      text += '[]'
      cursor.skip()
    } else return text
    cursor.skip()
  }
}
