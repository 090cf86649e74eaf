#!/usr/bin/env node
// Runs the gates one after the other and says at the end which failed: `pnpm check`, or `--fast` for those that need no build.
// A gate is a script `check:NAME` of package.json, so each can be run alone. Exit code = number of failed gates.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { bringDependencies, pnpm, root } from './bring-dependencies.mjs'

const fast = ['types', 'lint', 'format', 'layers', 'unused', 'workspace', 'house', 'errors', 'cli']
const onBuild = ['browser', 'packages', 'install', 'size', 'api']
const shownLines = 60
const gates = process.argv.includes('--fast') ? fast : [...fast, ...onBuild]

function runGate(command) {
  return spawnSync(command, {
    cwd: root,
    shell: true,
    encoding: 'utf8',
    timeout: 10 * 60_000,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}` },
  })
}

try {
  bringDependencies()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const failed = []
for (const gate of gates) {
  if (
    gate === onBuild[0] &&
    pnpm(['exec', 'turbo', 'build', '--output-logs=errors-only'], { env: { TURBO_TELEMETRY_DISABLED: '1' } }) !== 0
  ) {
    // What the other gates would say about an old or half-built dist is worth nothing.
    failed.push('build', ...onBuild)
    break
  }
  const started = Date.now()
  const { status, stdout, stderr, error } = runGate(scripts[`check:${gate}`])
  const passed = status === 0
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${gate} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  if (passed) continue
  failed.push(gate)
  const lines = `${stdout}${stderr}${error?.message ?? ''}`.trim().split('\n')
  console.log(lines.slice(0, shownLines).join('\n').replaceAll(/^/gm, '       '))
  if (lines.length > shownLines) console.log(`       … ${lines.length - shownLines} more lines: pnpm check:${gate}`)
}
console.log(failed.length === 0 ? `\n${gates.length} gates passed` : `\n${failed.length} gates failed: ${failed.join(', ')}`)
process.exit(failed.length)
