#!/usr/bin/env node
// The main job on an embedded database, as a user would type it: `npm run quickstart`.
// Needs Node and npm only; works in a temporary directory and leaves nothing behind. `--keep` keeps the projects.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { bringDependencies, pnpm, root } from './bring-dependencies.mjs'
import { databases, story } from './quickstart/story.mjs'

const bin = join(root, 'packages', 'cli', 'dist', 'bin.js')
const commandMinutes = 2
// A database that this machine is set up for must not be found.
const { DATABASE_URL: _, ...environment } = process.env
const paint = (code, text) => (process.stdout.isTTY ? `\x1b[${code}m${text}\x1b[0m` : text)
const indented = (text) => text.trimEnd().replaceAll(/^/gm, '  ')

/** Runs one command without a terminal; both streams are captured in the order in which they were written. */
function yama(arguments_, directory) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [bin, ...arguments_], {
      cwd: directory,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: commandMinutes * 60_000,
      env: { ...environment, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) },
    })
    let stdout = ''
    let shown = ''
    child.stdout.on('data', (chunk) => {
      stdout += chunk
      shown += chunk
    })
    child.stderr.on('data', (chunk) => (shown += chunk))
    child.once('error', fail)
    child.once('close', (exitCode, signal) => done({ exitCode: exitCode ?? signal, stdout, shown }))
  })
}

/** What `npm i -D @yama/cli` and the driver would put there. */
function installLocally(directory, driver) {
  for (const name of ['@yama/cli', driver]) {
    const from = name === '@yama/cli' ? join(root, 'packages', 'cli') : join(root, 'packages', 'cli', 'node_modules', name)
    const to = join(directory, 'node_modules', name)
    mkdirSync(dirname(to), { recursive: true })
    symlinkSync(from, to, process.platform === 'win32' ? 'junction' : 'dir')
  }
  writeFileSync(
    join(directory, 'package.json'),
    `${JSON.stringify({ name: 'quickstart', private: true, type: 'module', devDependencies: { '@yama/cli': '*', [driver]: '*' } }, null, 2)}\n`,
  )
}

async function tell(database, directory) {
  console.log(paint('1', `\n━━ ${database.title} ━━`))
  installLocally(directory, database.driver)
  const known = {}
  for (const step of story(database)) {
    if (step.say !== undefined) console.log(paint('2', `\n# ${step.say}`))
    if (step.write !== undefined) {
      const file = join(directory, step.write)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, step.text)
      console.log(`${paint('2', `# ${step.write}`)}\n${indented(step.text)}`)
      continue
    }
    const arguments_ = step.yama.map((word) => word.replaceAll(/\{(\w+)\}/g, (_, name) => known[name]))
    console.log(`${paint('36', '$')} ${paint('1', ['npx yama', ...arguments_].join(' '))}`)
    const { exitCode, stdout, shown } = await yama(arguments_, directory)
    if (step.quiet !== true || exitCode !== (step.exit ?? 0)) console.log(indented(shown))
    if (exitCode !== (step.exit ?? 0)) throw new Error(`yama ${arguments_.join(' ')} ended with ${exitCode}, expected ${step.exit ?? 0}`)
    if (step.expect !== undefined && !step.expect.test(shown)) throw new Error(`yama ${arguments_.join(' ')} did not say ${step.expect}`)
    if (step.learn !== undefined) {
      Object.assign(known, step.learn(JSON.parse(stdout)))
      console.log(
        indented(
          Object.entries(known)
            .map(([name, value]) => `${name}: ${value}`)
            .join('\n'),
        ),
      )
    }
  }
}

try {
  bringDependencies()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
console.log('Building …')
if (pnpm(['exec', 'turbo', 'build', '--output-logs=errors-only'], { env: { TURBO_TELEMETRY_DISABLED: '1' } }) !== 0) process.exit(1)

const place = mkdtempSync(join(tmpdir(), 'yama-quickstart-'))
const keep = process.argv.includes('--keep')
let exitCode = 0
process.on('SIGINT', () => {
  rmSync(place, { recursive: true, force: true })
  process.exit(130)
})
try {
  for (const database of databases) {
    const directory = join(place, database.name)
    mkdirSync(directory)
    await tell(database, directory)
  }
  console.log(`\n${paint('32', 'Done:')} the main job ran on ${databases.map(({ title }) => title).join(' and ')}.`)
} catch (error) {
  console.error(`\n${paint('31', 'FAILED:')} ${error.message}`)
  exitCode = 1
} finally {
  if (keep) console.log(`The projects are in ${place}`)
  else rmSync(place, { recursive: true, force: true })
}
process.exit(exitCode)
