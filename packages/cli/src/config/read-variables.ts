import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

/** The environment variables, with those of an `.env` file in the project's directory beneath them. */
export function readVariables(root: string): Readonly<Record<string, string | undefined>> {
  const file = join(root, '.env')
  return existsSync(file) ? { ...parseEnv(readFileSync(file, 'utf8')), ...process.env } : process.env
}
