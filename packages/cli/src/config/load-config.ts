import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ProjectConfig } from '@yama/core'
import { cliErrors } from '../errors/errors.ts'
import { importModule } from './import-module.ts'
import { validateConfig } from './validate-config.ts'

/** Loads and validates a configuration file, with the help of a cache if there is a directory for it; rejects with YAMA_CONFIG_LOAD or YAMA_CONFIG_INVALID. */
export async function loadConfig(file: string, cwd: string, cacheDirectory?: string): Promise<ProjectConfig> {
  const shown = relative(cwd, file) || file
  let value: unknown
  try {
    if (file.endsWith('.json')) value = JSON.parse(await readFile(file, 'utf8'))
    else {
      const module = await (/\.[cm]?ts$/.test(file)
        ? importModule(file, cacheDirectory)
        : (import(pathToFileURL(file).href) as Promise<Record<string, unknown>>))
      value = 'default' in module ? module['default'] : module
    }
  } catch (error) {
    throw cliErrors.YAMA_CONFIG_LOAD(
      { file: shown, reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) },
      { cause: error },
    )
  }
  return validateConfig(value, shown)
}
