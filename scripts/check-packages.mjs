#!/usr/bin/env node
// publint and attw on the packed tarball of every package, and a look into its package.json. The packages must be built.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './bring-dependencies.mjs'
import { packPackages } from './pack-packages.mjs'

const run = (command, ...arguments_) => spawnSync(command, arguments_, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const bin = (name) => join(root, 'node_modules', '.bin', name)

let failures = 0
const judge = (what, { status, stdout, stderr }) => {
  if (status === 0) return
  failures++
  console.error(`${what}:\n${stdout}${stderr}`)
}

for (const { name, tarball } of packPackages(join(root, '.tools', 'tarballs'))) {
  judge(`${name}: publint`, run(bin('publint'), '--strict', tarball))
  judge(`${name}: attw`, run(bin('attw'), '--profile', 'esm-only', '--format', 'ascii', '--no-emoji', tarball))
  const manifest = run('tar', '-xzOf', tarball, 'package/package.json').stdout
  const leaked = ['workspace:', 'yama-source', '"catalog:'].filter((word) => manifest.includes(word))
  if (leaked.length > 0) judge(`${name}: package.json`, { status: 1, stdout: '', stderr: `published with ${leaked.join(' and ')}\n` })
  const files = run('tar', '-tzf', tarball).stdout.split('\n')
  for (const needed of ['package/LICENSE', 'package/package.json', 'package/dist/index.js', 'package/dist/index.d.ts'])
    if (!files.includes(needed)) judge(`${name}: files`, { status: 1, stdout: '', stderr: `${needed} is missing\n` })
}
process.exit(failures === 0 ? 0 : 1)
