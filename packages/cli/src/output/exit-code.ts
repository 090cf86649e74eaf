import type { YamaError } from '@yama/core'
import { catalogue } from '../errors/catalogue.ts'

/** The exit code of an error's code; 1 for one that no catalogue here lists (a plugin's own may state its own). */
export async function exitCode(error: YamaError): Promise<number> {
  return (await catalogue()).get(error.code)?.exit ?? 1
}
