import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..', '..')

/** The command is tested as it is shipped: built. Turbo answers from its cache where nothing changed. YAMA_TEST_BIN names another one. */
export function setup(): void {
  if (process.env['YAMA_TEST_BIN'] !== undefined) return
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly packageManager: string }
  const words = ['-y', packageManager, 'exec', 'turbo', 'build', '--filter=@yama/cli...', '--output-logs=errors-only']
  const { status, stdout, stderr } = spawnSync('npx', words, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    env: { ...process.env, CI: 'true', TURBO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
  })
  if (status !== 0) throw new Error(`The command line could not be built, so it cannot be tested.\n${stdout}${stderr}`)
}
