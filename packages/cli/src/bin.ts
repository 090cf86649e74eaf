#!/usr/bin/env node
import { readFileSync } from 'node:fs'

const first = process.argv[2]
if (process.argv.length === 3 && (first === '--version' || first === '-V' || first === 'version')) {
  // Answered before anything is loaded: a version must not cost a start-up.
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
  process.stdout.write(`${version}\n`)
} else {
  // As Node 21 and later have it. Without it `pg` asks a new Response who runs it, and that loads the whole of undici.
  if (!('navigator' in globalThis)) {
    const userAgent = `Node.js/${process.versions.node.split('.')[0]}`
    Object.defineProperty(globalThis, 'navigator', { value: Object.freeze({ userAgent }), configurable: true, writable: true })
  }
  if (process.argv.includes('up') || process.argv.includes('down')) (await import('./program/spare-memory.ts')).spareMemory()
  else (await import('./program/optimize-later.ts')).optimizeLater()
  const { runCli } = await import('./program/run-cli.ts')
  process.exitCode = await runCli(process.argv.slice(2))
}
