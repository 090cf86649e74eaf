import { existsSync, readFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SourcePosition } from '@yama/core'

/**
 * The first line of an error's stack, or of its cause's, that is in a file; undefined where none is. A database's error is thrown by the
 * driver, but the stack still goes through the line that awaited it.
 *
 * @example locateInStack(error, '/srv/app/migrations/001_a.ts', 'migrations/001_a.ts')?.line
 */
export function locateInStack(error: unknown, path: string, file: string): SourcePosition | undefined {
  const names = [path, pathToFileURL(path).href]
  for (let at = error; at instanceof Error; at = at.cause) {
    for (const line of at.stack?.split('\n') ?? []) {
      const name = names.find((each) => line.includes(`${each}:`))
      if (name === undefined) continue
      const [, row, column] = /^:(\d+):(\d+)/.exec(line.slice(line.indexOf(`${name}:`) + name.length)) ?? []
      if (row !== undefined && column !== undefined) return place(path, file, Number(row), Number(column))
    }
  }
  return undefined
}

/** The first line of an error's stack that is in a file of the project; undefined where none is. */
export function placeOfThrow(error: unknown, directory: string): SourcePosition | undefined {
  if (!(error instanceof Error)) return undefined
  for (const line of error.stack?.split('\n') ?? []) {
    const name = /(?:file:\/\/|\()?(\/[^():]+|[A-Za-z]:[^():]+):\d+:\d+\)?$/.exec(line)?.[1]
    if (name === undefined || name.includes(`${sep}node_modules${sep}`) || !existsSync(name)) continue
    const file = relative(directory, name)
    if (!file.startsWith('..')) return locateInStack(error, name, file)
  }
  return undefined
}

/** TypeScript is compiled line by line, so a line holds; a column that the line as written does not have is of the compiled one. */
function place(path: string, file: string, line: number, column: number): SourcePosition {
  const written = readFileSync(path, 'utf8').split('\n')[line - 1] ?? ''
  return { file, line, column: column <= written.length ? column : 1 }
}
