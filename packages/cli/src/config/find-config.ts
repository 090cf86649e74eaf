import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { cliErrors } from '../errors/errors.ts'

const names = ['yama.config.ts', 'yama.config.mts', 'yama.config.js', 'yama.config.mjs', 'yama.config.cjs', 'yama.config.json']

/** The configuration file of a directory or the nearest one above; undefined where there is none. */
export function findConfig(cwd: string, named: string | undefined): string | undefined {
  if (named !== undefined) {
    const file = resolve(cwd, named)
    if (!existsSync(file)) throw cliErrors.YAMA_CONFIG_NOT_FOUND({ file: named })
    return file
  }
  for (let directory = resolve(cwd); ; directory = dirname(directory)) {
    const found = names.map((name) => join(directory, name)).find((file) => existsSync(file))
    if (found !== undefined) return found
    if (dirname(directory) === directory) return undefined
  }
}
