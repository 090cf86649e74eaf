import { existsSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import type { Dialect } from '../../contract/dialect.ts'
import type { Plugin } from '../../contract/plugin.ts'
import { YamaError } from '../../errors/yama-error.ts'
import type { PlaceholderOptions } from '../placeholders/placeholder-options.ts'
import { hooksOfPlan } from './hooks-of-plan.ts'
import { readHooks, type HookFile } from './read-hooks.ts'
import { runHooks } from './run-hooks.ts'

export interface FileHooksOptions {
  /** The directory of hook files, absolute or relative to the root; nothing happens where it does not exist. */
  readonly directory: string
  /** The project; messages name files relative to it. */
  readonly root: string
  readonly dialect: Dialect
  readonly placeholders?: PlaceholderOptions | undefined
  /** Told what failed in `on-error.sql`, whose own failure must not hide the first one. */
  readonly notice?: (message: string) => void
}

/** After these nothing can be sent any more. */
const GONE: ReadonlySet<string> = new Set(['YAMA_RUN_DISCONNECTED', 'YAMA_LOCK_LOST'])

/**
 * Runs the SQL files of a directory around runs and migrations: `before-run.sql`, `after-run.sql`, `before-migration.sql`,
 * `after-migration.sql`, `before-down.sql`, `after-down.sql`, `on-error.sql`, and the callbacks of Flyway of the same meaning.
 * They are part of the plan and of its digest. A plan is refused with YAMA_SOURCE_HOOK_NAME where a file has no such name; a
 * run is with YAMA_HOOK_FILE_FAILED where one fails that does not belong to a migration.
 *
 * @example createYama({ dialect, sources, plugins: [fileHooks({ directory: 'migrations/hooks', root: '.', dialect })] })
 */
export function fileHooks({ directory, root, dialect, placeholders, notice }: FileHooksOptions): Plugin {
  const path = resolve(root, directory)
  const shown = relative(root, path).split(sep).join('/') || '.'
  const read = (): readonly HookFile[] => (existsSync(path) ? readHooks(path, shown, dialect, placeholders) : [])
  return hookPlugin(read, dialect, notice)
}

/** The plugin over hooks from wherever. */
export function hookPlugin(read: () => readonly HookFile[], dialect: Dialect, notice?: (message: string) => void): Plugin {
  return Object.freeze<Plugin>({
    name: '@yama/core/file-hooks',
    api: 1,
    hooks: {
      // After the others, so that statements which they compile are there.
      plan: { handler: (plan) => (plan.migrations.length === 0 ? plan : hooksOfPlan(plan, read(), dialect)), order: 'post' },
      run: async ({ plan, connection, signal }, next) => {
        const work = { plan, connection, dialect, signal }
        await runHooks('before-run', work, { effects: 'No migration was run.', next: 'Then run it again.' })
        let report
        try {
          report = await next()
        } catch (error) {
          if (!YamaError.is(error) || !GONE.has(error.code)) await afterFailure(work)
          throw error
        }
        await runHooks('after-run', work, {
          effects: `${report.applied.length + report.reverted.length} migration(s) of the run are done and recorded.`,
          next: 'It runs again with the next run that has something to do; run it by hand where that is too late.',
        })
        return report
      },
    },
    checks: [
      {
        id: 'file-hooks',
        description: 'The hook files have known names and can be read.',
        run: () => {
          read()
          return Promise.resolve([])
        },
      },
    ],
  })

  async function afterFailure(work: Parameters<typeof runHooks>[1]): Promise<void> {
    try {
      // The signal that ended the run would end this too.
      await runHooks(
        'on-error',
        { ...work, signal: new AbortController().signal },
        {
          effects: 'The run had failed already.',
          next: 'It runs again when a run fails.',
        },
      )
    } catch (error) {
      notice?.(error instanceof Error ? error.message : String(error))
    }
  }
}
