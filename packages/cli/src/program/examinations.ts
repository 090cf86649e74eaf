import { access, constants, readdir } from 'node:fs/promises'
import { YamaError } from '@yama/core'
import { asYamaError } from '../output/error-diagnostics.ts'
import type { CliContext } from './cli-context.ts'
import { shownPath } from './load-project.ts'

export interface Finding {
  readonly subject: string
  readonly state: 'ok' | 'warning' | 'error'
  readonly finding: string
  readonly next?: string
}

type Examination = (context: CliContext) => Promise<readonly Finding[]>

const ok = (subject: string, finding: string): Finding => ({ subject, state: 'ok', finding })

const node: Examination = async () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const enough = major > 20 || (major === 20 && minor >= 19)
  return [
    enough
      ? ok('node', process.version)
      : { subject: 'node', state: 'error', finding: `${process.version} is too old`, next: 'Install Node 20.19 or later.' },
  ]
}

const configuration: Examination = async (context) => {
  const { file } = await context.project()
  return [
    file === undefined
      ? {
          subject: 'configuration',
          state: 'warning',
          finding: 'there is none; defaults and DATABASE_URL are used',
          next: '`yama init` writes one.',
        }
      : ok('configuration', file),
  ]
}

const directories: Examination = async (context) => {
  const { root, migrationsDirectory, entitiesDirectory } = await context.project()
  return Promise.all(
    [migrationsDirectory, entitiesDirectory].map(async (directory): Promise<Finding> => {
      const shown = shownPath(root, directory)
      try {
        await access(directory, constants.R_OK | constants.W_OK)
        return ok(shown, `${(await readdir(directory)).length} file(s)`)
      } catch (error) {
        const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
        return missing
          ? { subject: shown, state: 'warning', finding: 'does not exist yet' }
          : { subject: shown, state: 'error', finding: 'cannot be read and written', next: 'Correct its rights.' }
      }
    }),
  )
}

const connection: Examination = async (context) => {
  const { environment, dialect } = await context.database()
  const opened = await dialect.connect(context.signal)
  try {
    const { product, user, database, readOnly, pooler } = opened.server
    const findings: Finding[] = [ok('database', `${environment.name}: ${product}, ${database}${user === '' ? '' : `, as ${user}`}`)]
    if (readOnly)
      findings.push({ subject: 'rights', state: 'error', finding: 'the database is read-only', next: 'Connect to the primary.' })
    if (pooler)
      findings.push({
        subject: 'pooler',
        state: 'warning',
        finding: 'a transaction pooler is in between',
        next: 'Set `directUrl` of the environment to the database itself; some statements cannot run through a pooler. Where there is none, say `pooler: false`.',
      })
    if (environment.production && context.globals.interactive)
      findings.push({ subject: 'environment', state: 'warning', finding: `${environment.name} is production and this is a terminal` })
    return findings
  } finally {
    await opened[Symbol.asyncDispose]()
  }
}

const history: Examination = async (context) => {
  const status = await (await context.yama()).status()
  if (!status.history.exists) return [ok('history', 'no tables yet; the first `yama up` makes them')]
  const findings: Finding[] = [ok('history', `${status.applied.length} applied, ${status.pending.length} pending`)]
  if (status.edited.length > 0)
    findings.push({
      subject: 'edited',
      state: 'error',
      finding: status.edited.map(({ migration }) => migration.name).join(', '),
      next: '`yama status` shows what to do.',
    })
  if (status.missing.length > 0)
    findings.push({
      subject: 'missing',
      state: 'error',
      finding: status.missing.map(({ name }) => name).join(', '),
      next: 'Bring the files back from version control.',
    })
  if (status.history.openSteps.length > 0)
    findings.push({
      subject: 'unfinished',
      state: 'error',
      finding: status.history.openSteps.map(({ migrationId }) => migrationId).join(', '),
      next: '`yama recover` shows where it stopped.',
    })
  return findings
}

const examinations: readonly (readonly [string, Examination])[] = [
  ['node', node],
  ['configuration', configuration],
  ['directories', directories],
  ['database', connection],
  ['history', history],
]

/** Runs every examination; one that fails is a finding, and the rest still run. */
export async function runExaminations(context: CliContext): Promise<readonly Finding[]> {
  const found: Finding[] = []
  for (const [subject, examine] of examinations) {
    try {
      found.push(...(await examine(context)))
    } catch (error) {
      const known = YamaError.is(error) ? error : asYamaError(error)
      found.push({ subject, state: 'error', finding: `${known.code}: ${known.message}`, next: known.hint })
    }
  }
  return found
}
