// Packs better-sqlite3 as it was built here. Without a prebuilt binary an installation compiles it for minutes, which is npm's work and not what is tried out.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './bring-dependencies.mjs'

/** Packs into `directory`; returns the tarball. */
export function packDriver(directory) {
  const built = join(root, 'packages/cli/node_modules/better-sqlite3')
  const copy = join(directory, 'better-sqlite3')
  mkdirSync(join(copy, 'build', 'Release'), { recursive: true })
  cpSync(join(built, 'lib'), join(copy, 'lib'), { recursive: true })
  cpSync(join(built, 'build/Release/better_sqlite3.node'), join(copy, 'build/Release/better_sqlite3.node'))
  const { name, version, main, dependencies, license } = JSON.parse(readFileSync(join(built, 'package.json'), 'utf8'))
  const { bindings } = dependencies
  const manifest = { name, version, main, license, files: ['lib', 'build/Release/better_sqlite3.node'], dependencies: { bindings } }
  writeFileSync(join(copy, 'package.json'), JSON.stringify(manifest))
  const { status, stdout, stderr } = spawnSync('npm', ['pack', '--silent', '--pack-destination', directory], {
    cwd: copy,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`npm pack of the driver failed\n${stderr}`)
  return join(directory, stdout.trim().split('\n').at(-1))
}
