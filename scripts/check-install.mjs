#!/usr/bin/env node
// Installs the packed tarballs into empty projects, as a user would from npm, and uses them: ESM, CommonJS, types, the command.
// The packages must be built. `npm` and `pnpm` each get a project.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './bring-dependencies.mjs'
import { packDriver } from './pack-driver.mjs'
import { packPackages } from './pack-packages.mjs'

const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const packed = packPackages(join(root, '.tools', 'tarballs'))
// Testkit wants vitest, which is no part of what a user of the command installs.
const tarballs = Object.fromEntries(
  packed.filter(({ name }) => name !== '@yama/testkit').map(({ name, tarball }) => [name, `file:${tarball}`]),
)
const place = mkdtempSync(join(tmpdir(), 'yama-install-'))
const driver = `file:${packDriver(place)}`

function run(directory, command, ...arguments_) {
  const { status, stdout, stderr, error } = spawnSync(command, arguments_, {
    cwd: directory,
    encoding: 'utf8',
    timeout: 300_000,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CI: 'true', NO_COLOR: '1', npm_config_loglevel: 'error' },
  })
  if (status !== 0) throw new Error(`${command} ${arguments_.join(' ')} ended with ${status}\n${stdout}${stderr}${error?.message ?? ''}`)
  return stdout
}

const uses = {
  'use.mjs': `
    import { createYama, YamaError } from '@yama/core'
    import { migrationFiles } from '@yama/core/files'
    import { sqlite } from '@yama/sqlite'
    const yama = createYama({ dialect: sqlite({ url: 'sqlite::memory:' }), sources: [] })
    const status = await yama.status()
    if (status.applied.length !== 0 || typeof migrationFiles !== 'function' || typeof YamaError.is !== 'function') throw new Error('wrong')`,
  // require(esm) is part of Node from 20.19 on.
  'use.cjs': `
    const { createYama } = require('@yama/core')
    const { defineConfig } = require('@yama/cli')
    if (typeof createYama !== 'function' || typeof defineConfig !== 'function') throw new Error('wrong')`,
  'use.ts': `
    import { defineConfig } from '@yama/cli'
    import { createYama, type Plan, type Yama } from '@yama/core'
    import { migrationFiles } from '@yama/core/files'
    import { postgres } from '@yama/postgres'
    import { sqlite } from '@yama/sqlite'
    export const config = defineConfig({ environments: { dev: { url: 'sqlite:./dev.db' } } })
    export const yama: Yama = createYama({ dialect: sqlite({ url: 'sqlite::memory:' }), sources: [] })
    export const plan: Promise<Plan> = yama.plan({ up: 'latest' })
    export const others = [migrationFiles, postgres]`,
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      module: 'nodenext',
      target: 'es2022',
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      // The options of drivers speak of node:tls.
      types: ['node'],
      typeRoots: [join(root, 'node_modules', '@types')],
    },
    files: ['use.ts'],
  }),
}

function tryOut(manager) {
  const directory = join(place, manager)
  mkdirSync(directory)
  writeFileSync(
    join(directory, 'package.json'),
    JSON.stringify({
      name: 'empty',
      private: true,
      dependencies: { ...tarballs, 'better-sqlite3': driver },
      // Nothing is published, so that what the packages ask of each other comes from the tarballs as well.
      overrides: Object.fromEntries(Object.keys(tarballs).map((name) => [name, `$${name}`])),
      pnpm: { overrides: tarballs },
    }),
  )
  for (const [name, text] of Object.entries(uses)) writeFileSync(join(directory, name), text)
  if (manager === 'npm') run(directory, 'npm', 'install', '--no-audit', '--no-fund', '--prefer-offline')
  else run(directory, 'npx', '-y', packageManager, 'install', '--prefer-offline')
  run(directory, process.execPath, 'use.mjs')
  run(directory, process.execPath, 'use.cjs')
  run(directory, process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '-p', '.')
  const command = join(directory, 'node_modules', '.bin', process.platform === 'win32' ? 'yama.cmd' : 'yama')
  if (!/^\d+\.\d+\.\d+/.test(run(directory, command, '--version'))) throw new Error('yama --version prints no version')
  run(directory, command, 'init', '--dialect', 'sqlite')
  run(directory, command, 'generate')
  run(directory, command, 'up')
  run(directory, command, 'status', '--json')
}

let failures = 0
for (const manager of ['npm', 'pnpm']) {
  try {
    tryOut(manager)
  } catch (error) {
    failures++
    console.error(`${manager}: ${error.message}\n`)
  }
}
rmSync(place, { recursive: true, force: true })
process.exit(failures === 0 ? 0 : 1)
