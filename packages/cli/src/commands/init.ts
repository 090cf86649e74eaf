import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { writeWhole } from '@yama/core/files'
import { cliErrors } from '../errors/errors.ts'
import { databases, hasDependency, initAnswers, packageManager, type InitAnswers } from '../init/init-answers.ts'
import { drivers, initFiles } from '../init/init-files.ts'
import type { CliContext } from '../program/cli-context.ts'
import type { CliCommand } from '../program/command.ts'

const run = promisify(execFile)

export const init: CliCommand = {
  name: 'init',
  summary: 'Set up a project: configuration, directories, driver, editor support.',
  description:
    'Writes yama.config.ts, the directories and an example entity, the JSON Schema for editors, and adds the driver. A wizard on a terminal, options otherwise. A database URL that is set is detected and can be introspected.',
  options: [
    { flags: '--dialect <database>', description: 'which database', choices: databases },
    { flags: '--from-db <url>', description: 'introspect this database and write its entities' },
    { flags: '--migrations <directory>', description: 'where migrations are or go' },
    { flags: '--example', description: 'write an example entity; the default for a new project' },
    { flags: '--no-example', description: 'no example entity' },
    { flags: '--no-install', description: 'do not add the driver, only say which' },
    { flags: '--force', description: 'replace files that exist' },
  ],
  examples: ['yama init', 'yama init --dialect sqlite', 'yama init --from-db postgres://localhost/shop'],
  run: async (context, input) => {
    const answers = await initAnswers(context, input.options)
    const written = await writeFiles(answers)
    const driver = await addDriver(context, answers)
    const pulled = answers.pull ? await pullInto(context) : []
    return {
      data: { database: answers.database, files: [...written, ...pulled], driver },
      text: [
        ...[...written, ...pulled].map((file) => `${context.color.green('wrote')} ${file}`),
        driver.installed ? `added ${driver.name}` : driver.present ? `${driver.name} is there` : `next: ${driver.command}`,
        next(answers),
      ].join('\n'),
    }
  },
}

function next({ pull, existing, example, entities }: InitAnswers): string {
  if (pull) return 'next: yama baseline'
  if (example) return 'next: yama generate, then yama up'
  return existing
    ? `next: yama pull, where the database has tables; else write an entity in ${entities}/, then yama generate`
    : `next: write an entity in ${entities}/ and run yama generate, or yama up for migrations that are there`
}

async function writeFiles(answers: InitAnswers): Promise<readonly string[]> {
  const { root } = answers
  const files = initFiles(answers)
  const there = files.find(({ path }) => existsSync(join(root, path)))
  if (there !== undefined && !answers.force) throw cliErrors.YAMA_FILE_EXISTS({ file: there.path })
  for (const directory of [answers.entities, answers.migrations]) await mkdir(join(root, directory), { recursive: true })
  for (const { path, text } of files) await writeWhole(join(root, path), text)
  const editor = await editorSupport(root)
  await ignoreCaches(root)
  return [...files.map(({ path }) => path), ...editor]
}

/** The JSON Schema beside the modeline, and the same for editors that read .vscode/settings.json, where there is none yet. */
async function editorSupport(root: string): Promise<readonly string[]> {
  const { entityJsonSchema } = await import('@yama/source-yaml')
  const schema = '.yama/schema/entity.schema.json'
  await mkdir(join(root, dirname(schema)), { recursive: true })
  await writeWhole(join(root, schema), `${JSON.stringify(await entityJsonSchema(), null, 2)}\n`)
  const settings = '.vscode/settings.json'
  if (existsSync(join(root, settings))) return [schema]
  await mkdir(join(root, dirname(settings)), { recursive: true })
  await writeWhole(join(root, settings), `${JSON.stringify({ 'yaml.schemas': { [`./${schema}`]: 'schema/**/*.yaml' } }, null, 2)}\n`)
  return [schema, settings]
}

/** Caches and development databases do not belong into version control. */
async function ignoreCaches(root: string): Promise<void> {
  const file = join(root, '.gitignore')
  const lines = ['.yama/cache', '.yama/dev', 'dev.db', 'dev.db-*']
  const before = existsSync(file) ? await readFile(file, 'utf8') : ''
  const known = before.split(/\r?\n/)
  const missing = lines.filter((line) => !known.includes(line))
  if (missing.length > 0) await writeWhole(file, `${before}${known.at(-1) !== '' ? '\n' : ''}${missing.join('\n')}\n`)
}

interface Driver {
  readonly name: string
  readonly present: boolean
  readonly installed: boolean
  readonly command: string
}

async function addDriver(context: CliContext, answers: InitAnswers): Promise<Driver> {
  const name = drivers[answers.database]
  const manager = packageManager(answers.root)
  const words = { npm: ['install', '--save-dev', name], pnpm: ['add', '--save-dev', name], yarn: ['add', '--dev', name] }[manager]
  const command = `${manager} ${words.join(' ')}`
  const present = hasDependency(answers.root, name)
  if (present || !answers.install || !existsSync(join(answers.root, 'package.json'))) return { name, present, installed: false, command }
  context.note(`${command} …`)
  try {
    await run(manager, words, { cwd: answers.root, timeout: 600_000 })
    return { name, present, installed: true, command }
  } catch (error) {
    context.note(`${command} failed: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`)
    return { name, present, installed: false, command }
  }
}

async function pullInto(context: CliContext): Promise<readonly string[]> {
  const { pull } = await import('./pull.ts')
  const outcome = await pull.run(context, { arguments: [], options: {} })
  return (outcome.data as { readonly files: readonly string[] }).files
}
