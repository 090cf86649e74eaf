#!/usr/bin/env node
import { readFileSync } from 'node:fs'

const first = process.argv[2]
if (process.argv.length === 3 && (first === '--version' || first === '-V' || first === 'version')) {
  // Answered before anything is loaded: a version must not cost a start-up.
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
  process.stdout.write(`${version}\n`)
} else {
  const { runCli } = await import('./program/run-cli.ts')
  process.exitCode = await runCli(process.argv.slice(2))
}
