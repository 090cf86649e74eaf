import { createYama, type Plugin, type Yama } from '@yama/core'
import { redactUrl } from '../config/redact-url.ts'
import { resolveEnvironment, type Environment } from '../config/resolve-environment.ts'
import { paint } from '../output/paint.ts'
import { authoringProject } from './authoring-project.ts'
import type { CliContext } from './cli-context.ts'
import type { GlobalOptions } from './global-options.ts'
import { loadProject, type LoadedProject } from './load-project.ts'
import { openDatabase, type OpenDatabase } from './open-database.ts'
import type { OpenOptions } from './open-options.ts'
import { yamaConfig } from './open-yama.ts'
import { duration } from './option-values.ts'

/** A database that a command opened, as it may be printed. */
export interface ContextTarget {
  readonly environment: string
  readonly database: string
}

export interface ContextHandle {
  readonly context: CliContext
  /** Name of the command's environment, once it is known. */
  readonly environment: () => string | undefined
  /** Every database that was opened so far. */
  readonly targets: () => readonly ContextTarget[]
  readonly close: () => Promise<void>
}

/** A context whose parts are made once, on first use, and closed in reverse order. */
export function createContext(globals: GlobalOptions, signal: AbortSignal): ContextHandle {
  const closing: (() => Promise<void>)[] = []
  const color = paint(globals.color)
  let project: Promise<LoadedProject> | undefined
  const environments = new Map<string, Promise<Environment>>()
  const databases = new Map<string, Promise<OpenDatabase>>()
  const targets: ContextTarget[] = []
  let environment: string | undefined
  const once = <T>(map: Map<string, Promise<T>>, name: string | undefined, make: () => Promise<T>): Promise<T> => {
    const key = name ?? ''
    const known = map.get(key) ?? make()
    map.set(key, known)
    return known
  }
  const context: CliContext = {
    globals,
    signal,
    color,
    note: (line) => {
      if (!globals.quiet && globals.json === false) process.stderr.write(`${line}\n`)
    },
    emit: (event) => {
      if (globals.json === 'stream') process.stdout.write(`${JSON.stringify(event)}\n`)
    },
    project: () => (project ??= loadProject(globals)),
    environment: (name) =>
      once(environments, name, async () => {
        const { root, file, config, variables } = await context.project()
        const found = await resolveEnvironment(config, {
          root,
          file,
          name: name ?? globals.env,
          url: name === undefined ? globals.url : undefined,
          variables,
        })
        if (name === undefined) environment = found.name
        return found
      }),
    database: (name) =>
      once(databases, name, async () => {
        const { lockWaitMs } = (await context.project()).config
        const opened = await openDatabase(await context.environment(name), duration(globals.lockWait, '--lock-wait') ?? lockWaitMs)
        targets.push({ environment: opened.environment.name, database: redactUrl(opened.environment.database?.url ?? '') })
        return opened
      }),
    yama: async (extra: readonly Plugin[] = [], options: OpenOptions = {}): Promise<Yama> => {
      const yama = createYama(await yamaConfig(context, await context.database(), extra, options))
      context.defer(() => Promise.resolve(yama[Symbol.asyncDispose]()))
      return yama
    },
    authoring: () => authoringProject(context),
    defer: (work) => closing.push(work),
  }
  return {
    context,
    environment: () => environment,
    targets: () => targets,
    close: async () => {
      for (const work of closing.reverse()) await work()
    },
  }
}
