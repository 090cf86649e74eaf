import { YamaError, type Migration } from '@yama/core'
import type { EnvironmentVerdict, HandChange } from '@yama/review'
import type { CliContext } from '../program/cli-context.ts'
import { readDrift } from './read-drift.ts'
import { withDrift, type StateVerdict } from './state-verdicts.ts'

/** What the environment that is named would do with these migrations; the database itself is asked, and its catalogue for drift. */
export async function liveVerdict(
  context: CliContext,
  migrations: readonly Migration[],
  compiled: readonly Migration[],
): Promise<StateVerdict> {
  const { checkEnvironment } = await import('@yama/review')
  const { name } = await context.environment()
  const { dialect } = await context.authoring()
  const { config } = await context.project()
  const yama = await context.yama([], { withoutFiles: true })
  const { history } = await yama.status()
  // One session is enough, and an embedded database has no second.
  await yama[Symbol.asyncDispose]()
  const verdict = await checkEnvironment(migrations, history, dialect, { environment: name, project: config.project ?? 'default' })
  const { drift, unknown } = await driftHere(context)
  const told: EnvironmentVerdict = unknown === undefined ? verdict : { ...verdict, because: [...verdict.because, unknown] }
  return await withDrift(context, told, drift, [...migrations, ...compiled])
}

/** Why nobody can tell what was changed by hand, where no run has stored a schema that can be compared. */
async function driftHere(context: CliContext): Promise<{ readonly drift?: readonly HandChange[]; readonly unknown?: string }> {
  try {
    const { report } = await readDrift(context, { entities: false })
    return { drift: report.objects.filter(({ ignored }) => ignored === undefined) }
  } catch (error) {
    if (!YamaError.is(error) || !NOT_COMPARABLE.has(error.code)) throw error
    return { unknown: 'what was changed by hand is not known: no run has stored a schema that can be compared' }
  }
}

const NOT_COMPARABLE: ReadonlySet<string> = new Set(['YAMA_DRIFT_NO_SNAPSHOT', 'YAMA_DRIFT_OTHER_SERVER'])
