import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { LocalNeed, NeedAnswer } from '../contract/need.ts'

/**
 * Whether a program is on the PATH, or an environment variable is set and not empty; what `needs: tool pg_dump` and
 * `needs: env API_KEY` ask. Its value is never read further, and never printed.
 *
 * @example createYama({ dialect, sources, answerLocalNeed: localNeed(process.env) })
 */
export function localNeed(environment: Readonly<Record<string, string | undefined>>): (need: LocalNeed) => Promise<NeedAnswer> {
  return async ({ kind, name }) => {
    if (kind === 'env') return (environment[name] ?? '') === '' ? { kind: 'missing', found: 'the variable is not set' } : { kind: 'met' }
    const directories = (environment['PATH'] ?? '').split(delimiter).filter((directory) => directory !== '')
    // Windows runs `pg_dump.exe` for `pg_dump`.
    const endings = process.platform === 'win32' ? ['', ...(environment['PATHEXT'] ?? '.EXE;.CMD;.BAT').split(';')] : ['']
    for (const directory of directories)
      for (const ending of endings) if (await isRunnable(join(directory, `${name}${ending}`))) return { kind: 'met' }
    return { kind: 'missing', found: 'no such program is on the PATH' }
  }
}

const isRunnable = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
