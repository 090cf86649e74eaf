import { chmodSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { secret, type BadCase } from './bad-input/bad-case.ts'
import { commandLineCases } from './bad-input/command-line.ts'
import { configurationCases } from './bad-input/configuration.ts'
import { databaseCases } from './bad-input/databases.ts'
import { entityCases } from './bad-input/entities.ts'
import { migrationFileCases } from './bad-input/migration-files.ts'
import { runCases } from './bad-input/runs.ts'
import { project, type Ran } from './project.ts'

const tables = {
  'command line': commandLineCases,
  configuration: configurationCases,
  entities: entityCases,
  'migration files': migrationFileCases,
  runs: runCases,
  databases: databaseCases,
}
const nobody = 65_534

async function run(bad: BadCase): Promise<{ readonly ran: Ran; readonly directory: string }> {
  using made = project(bad.files)
  const held = await bad.before?.(made)
  if (bad.unprivileged === true) chmodSync(made.directory, 0o755)
  try {
    const ran = await made.yama(bad.command, {
      ...(bad.env === undefined ? {} : { env: bad.env }),
      ...(bad.unprivileged === true ? { uid: nobody } : {}),
    })
    return { ran, directory: made.directory }
  } finally {
    held?.[Symbol.dispose]()
  }
}

/** What differs from run to run: the directory, digests, times, ids. */
const steady = (text: string, directory: string): string =>
  text
    .replaceAll(directory, '<project>')
    .replaceAll(/\bm_[0-9A-Z]{10}\b/g, '<id>')
    .replaceAll(/\b\d{14}_/g, '<time>_')
    .replaceAll(/"durationMs": \d+/g, '"durationMs": 0')
    .replaceAll(/"trace_id": "[^"]+"/g, '"trace_id": ""')
    .replaceAll(/\b(digest|confirm) [0-9a-f]{16}\b/g, '$1 <digest>')
    .replaceAll(/SQLite \d+\.\d+\.\d+/g, 'SQLite <version>')
    .trimEnd()

for (const [name, cases] of Object.entries(tables)) {
  describe.concurrent(name, () => {
    test.for(cases.map((bad) => [bad.title, bad] as const))('%s', async ([, bad], { expect: own }) => {
      if (bad.unprivileged === true && process.getuid?.() !== 0) console.warn(`${bad.title}: run as this user, not as nobody`)
      const { ran, directory } = await run(bad)
      // `  at schema/a.yaml:3:5` is a place in the project, `    at run (file.js:1:2)` a stack.
      own(ran.output).not.toMatch(/^ {4}at |node:internal/m)
      own(ran.output).not.toContain(secret)
      own(ran.output).not.toMatch(/YAMA_INTERNAL|undefined|\[object/)
      own(ran.output).toMatch(/YAMA_[A-Z_]+/)
      own(ran.code).not.toBe(0)
      own(`exit ${ran.code}\n${steady(ran.output, directory)}`).toMatchSnapshot()
    })
  })
}

test('there are enough of them, each named once', () => {
  const titles = Object.values(tables).flatMap((cases) => cases.map(({ title }) => title))
  expect(new Set(titles).size).toBe(titles.length)
  expect(titles.length).toBeGreaterThan(100)
})
