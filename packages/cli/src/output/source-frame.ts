import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { SourcePosition } from '@yama/core'
import type { Paint } from './paint.ts'

/** The line of a file with a caret under the column; undefined where the file cannot be shown. */
export function sourceFrame(position: SourcePosition, root: string, color: Paint): string | undefined {
  let text: string
  try {
    const path = resolve(root, position.file)
    // Reading a pipe would wait for ever.
    if (!statSync(path).isFile()) return undefined
    text = readFileSync(path, 'utf8')
  } catch {
    // A position may name a file of another revision or one that is gone; the frame is a courtesy.
    return undefined
  }
  const line = text.split(/\r?\n/)[position.line - 1]
  if (line === undefined) return undefined
  const number = String(position.line)
  const start = Math.max(0, position.column - 100)
  const caret = ' '.repeat(Math.max(0, position.column - 1 - start))
  return [
    `${color.dim(`${number} |`)} ${line.slice(start, start + 160)}`,
    `${color.dim(`${' '.repeat(number.length)} |`)} ${caret}${color.red('^')}`,
  ].join('\n')
}
