import { existsSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type { ProjectConfig } from '@yama/core'
import { findConfig } from '../config/find-config.ts'
import { loadConfig } from '../config/load-config.ts'
import { readVariables } from '../config/read-variables.ts'
import type { GlobalOptions } from './global-options.ts'

export interface LoadedProject {
  /** Absolute path: where the configuration is, or the working directory without one. */
  readonly root: string
  /** Configuration file relative to the root; undefined where there is none. */
  readonly file: string | undefined
  readonly config: ProjectConfig
  readonly migrationsDirectory: string
  readonly entitiesDirectory: string
  readonly variables: Readonly<Record<string, string | undefined>>
}

/** The project of the working directory. Without a configuration everything has its default. */
export async function loadProject(globals: GlobalOptions): Promise<LoadedProject> {
  const cwd = resolve(globals.cwd)
  const path = findConfig(cwd, globals.config)
  const root = path === undefined ? cwd : dirname(path)
  const config = path === undefined ? {} : await loadConfig(path, cwd, existsSync(join(root, '.yama')) ? cacheDirectory(root) : undefined)
  return {
    root,
    file: path === undefined ? undefined : basename(path),
    config,
    migrationsDirectory: resolve(root, config.migrations ?? 'migrations'),
    entitiesDirectory: resolve(root, config.entities ?? 'schema'),
    variables: readVariables(root),
  }
}

/** A path for people: relative to the project, with `/`. */
export const shownPath = (root: string, path: string): string => relative(root, path).split(sep).join('/') || '.'

/** Where caches live; deleting it changes nothing. */
export const cacheDirectory = (root: string): string => join(root, '.yama', 'cache')
