import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { definePlugin, YamaError, type BackupConfig, type Plan, type Plugin } from '@yama/core'
import { cliErrors } from '../errors/errors.ts'
import type { CliContext } from '../program/cli-context.ts'

/** Saves the database before a run, where the configuration or `--backup` asks for it; undefined where neither does. */
export async function backupPlugin(context: CliContext, asked: string | true | undefined): Promise<Plugin | undefined> {
  const { root, config } = await context.project()
  const { environment } = await context.database()
  const configured = environment.config.backup ?? config.backup
  if (asked === undefined && (configured === undefined || configured === false)) return undefined
  const base: BackupConfig = typeof configured === 'object' ? configured : {}
  const backup: BackupConfig = {
    ...base,
    ...(typeof asked === 'string' ? { directory: asked } : {}),
    ...(asked === undefined ? {} : { when: 'always' }),
  }
  const directory = resolve(root, backup.directory ?? 'backups')
  const { database } = environment
  return definePlugin(() => ({
    name: 'yama:backup',
    hooks: {
      run: async ({ plan, connection, signal, record }, next) => {
        if (database === undefined || !isWanted(plan, backup)) return await next()
        const path = join(directory, fileName(connection.server.database, database.driver, plan))
        const started = performance.now()
        // Loaded here: a run that makes none, and most do not, starts without it.
        const [{ makeBackup }, { measureBackup }] = await Promise.all([import('./make-backup.ts'), import('./measure-backup.ts')])
        context.note(`backup: saving the database to ${path} …`)
        try {
          await mkdir(directory, { recursive: true })
          const tool = await makeBackup({ database, connection, path, config: backup, signal })
          const { bytes, sha256 } = await measureBackup(path)
          if (bytes === 0) throw cliErrors.YAMA_BACKUP_FAILED({ reason: `${path} is empty` })
          await record('backup.made', { path, bytes, sha256, tool, plan: plan.digest, durationMs: Math.round(performance.now() - started) })
          context.note(`backup: ${path}, ${bytes} bytes, sha256 ${sha256}`)
        } catch (error) {
          if (YamaError.is(error)) throw error
          throw cliErrors.YAMA_BACKUP_FAILED({ reason: error instanceof Error ? error.message : String(error) }, { cause: error })
        }
        return await next()
      },
    },
  }))()
}

const isWanted = (plan: Plan, { when = 'destructive' }: BackupConfig): boolean => when === 'always' || plan.losses.length > 0

const endings = { pg: '.sql', mysql2: '.sql', 'better-sqlite3': '.db', pglite: '' } as const

/** `shop-20261129T073000Z-1f2e3d4c.sql`: which database, when, before which plan. */
function fileName(database: string, driver: keyof typeof endings, { digest }: Plan): string {
  const name = (database.split(/[\\/]/).at(-1) ?? '').replace(/\.\w+$/, '').replaceAll(/[^\w-]+/g, '_') || 'database'
  const at = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')
  return `${name}-${at}-${digest.slice(0, 8)}${endings[driver]}`
}
