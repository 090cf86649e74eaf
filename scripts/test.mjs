#!/usr/bin/env node
// Runs every test that can run here: `npm test`, or `npm test -- packages/core` for a part.
// Needs Node and npm only. The last line is `N passed, N failed[, N skipped]`.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bringDependencies, root } from './bring-dependencies.mjs'
import { startServers } from './servers.mjs'

const limitMinutes = Number(process.env.YAMA_TEST_MINUTES ?? 25)
const listed = 40

let interrupted
let stopTests = () => {}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  // Heard from the first moment on, so that servers which are just starting are stopped too.
  process.on(signal, () => {
    interrupted ??= `stopped by ${signal}`
    stopTests(interrupted)
  })
}

function runVitest(environment, countsFile) {
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      `--reporter=${join(root, 'scripts/count-reporter.mjs')}`,
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...environment, YAMA_TEST_COUNTS: countsFile } },
  )
  let ending
  const end = (why) => {
    ending ??= why
    child.kill('SIGTERM')
    // Workers that ignore the signal must not keep the servers up.
    setTimeout(() => child.kill('SIGKILL'), 5000).unref()
  }
  const timer = setTimeout(() => end(`stopped after ${limitMinutes} minutes (YAMA_TEST_MINUTES)`), limitMinutes * 60_000)
  stopTests = end
  if (interrupted !== undefined) end(interrupted)
  return new Promise((done) => {
    const finish = (code, error) => {
      clearTimeout(timer)
      done({ code, problem: ending ?? error })
    }
    child.once('error', (error) => finish(1, error.message))
    child.once('exit', (code, signal) => finish(code ?? 1, signal === null ? undefined : `the test runner died of ${signal}`))
  })
}

function report(counts, skippedServers) {
  reportLongest(counts.durations ?? [])
  if (counts.unsteady?.length > 0) {
    console.log('\nUnsteady: failed once, and passed when they were run again. Each is a defect to be found:')
    for (const { file, name } of counts.unsteady) console.log(`  ${file} › ${name}`)
  }
  const lines = skippedServers.map(({ what, why }) => `  ${what}: ${why}`)
  if (process.env.YAMA_CORPUS_DIR === undefined) lines.push('  schemas and migrations of real projects: YAMA_CORPUS_DIR is not set')
  const byFile = groupByFile(counts.skipped)
  for (const [file, tests] of byFile) {
    for (const { name } of tests.slice(0, 5)) lines.push(`  ${file} › ${name}`)
    if (tests.length > 5) lines.push(`  ${file} › … ${tests.length - 5} more`)
  }
  if (lines.length === 0) return
  console.log('\nSkipped:')
  console.log(lines.slice(0, listed).join('\n'))
  if (lines.length > listed) console.log(`  … and ${lines.length - listed} more lines`)
}

/** What to look at first when the whole becomes slow. */
function reportLongest(durations) {
  const longest = durations.filter(({ ms }) => ms > 20_000).toSorted((a, b) => b.ms - a.ms)
  if (longest.length === 0) return
  console.log('\nFiles above 20 s:')
  for (const { file, ms } of longest.slice(0, listed)) console.log(`  ${String(Math.round(ms / 1000)).padStart(5)} s  ${file}`)
}

function groupByFile(tests) {
  const groups = new Map()
  for (const test of tests) groups.set(test.file, [...(groups.get(test.file) ?? []), test])
  return groups
}

const failedGates = Number(process.env.YAMA_FAILED_GATES ?? 0)
const directory = mkdtempSync(join(tmpdir(), 'yama-test-counts-'))
const countsFile = join(directory, 'counts.json')
let servers
let exitCode = 1
try {
  bringDependencies()
  servers = await startServers()
  for (const { kind, major, url } of servers.servers) console.log(`${kind}${major === undefined ? '' : ` ${major}`}: ${url}`)
  const { code, problem } = await runVitest(servers.environment, countsFile)
  const finished = existsSync(countsFile)
  const counts = finished ? JSON.parse(readFileSync(countsFile, 'utf8')) : { passed: 0, failed: 1, skipped: [] }
  report(counts, servers.skipped)
  const complaint = problem ?? (finished ? undefined : `the test runner ended with exit code ${code} and reported nothing`)
  if (complaint !== undefined) console.error(`\n${complaint}`)
  // The runner can also fail without a failing test (a coverage wall, a type error): that is one failure, never none.
  const failedTests = counts.failed === 0 && (code !== 0 || complaint !== undefined) ? 1 : counts.failed
  const failed = failedTests + failedGates
  if (failedGates > 0) console.error(`\n${failedGates} of the failures are gates which ran before the tests; see above.`)
  exitCode = failed === 0 ? 0 : 1
  await servers.stop()
  console.log(`\n${counts.passed} passed, ${failed} failed${counts.skipped.length > 0 ? `, ${counts.skipped.length} skipped` : ''}`)
} catch (error) {
  console.error(`\n${error.message}\n\n0 passed, ${1 + failedGates} failed`)
} finally {
  await servers?.stop()
  rmSync(directory, { recursive: true, force: true })
}
process.exit(exitCode)
