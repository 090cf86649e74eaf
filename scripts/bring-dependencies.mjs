// Brings pnpm and the workspace's dependencies with nothing but Node and npm.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const stampFile = join(root, 'node_modules', '.yama-lockfile')
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** Runs the pinned pnpm; returns its exit code. Never asks anything. */
export function pnpm(arguments_, options = {}) {
  const result = spawnSync('npx', ['-y', packageManager, ...arguments_], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    ...options,
    // CI=true keeps pnpm from asking before it replaces node_modules.
    env: { ...process.env, CI: 'true', npm_config_loglevel: 'error', ...options.env },
  })
  if (result.error) throw result.error
  return result.status ?? 1
}

/** Installs from the frozen lockfile unless exactly this lockfile is installed already. Throws when that fails. */
export function bringDependencies() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) throw new Error(`Yama needs Node 20.19 or later; this is ${process.versions.node}.`)
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) return
  console.log(`Installing dependencies with ${packageManager} …`)
  if (pnpm(['install', '--frozen-lockfile', '--reporter=append-only']) !== 0)
    throw new Error(
      'The dependencies could not be installed; the lines above say why. Nothing was run.\n' +
        'better-sqlite3 needs a C++ toolchain (make, g++, python3) where its prebuilt binary cannot be downloaded.',
    )
  writeFileSync(stampFile, hash)
}
