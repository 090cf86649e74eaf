import type { SnapshotRow, Status } from '@yama/core'
import type { DriftIgnore, DriftReport } from '@yama/drift'
import type { FactBase } from '@yama/schema'
import type { CliContext } from '../program/cli-context.ts'
import { driftEntities } from './drift-entities.ts'
import { liveSchema } from './drift-schema.ts'
import { readIgnores } from './ignores-file.ts'

export interface DriftOptions {
  /** `on-request`: only where an owner or the version of an extension differs, which count where the entities state them. */
  readonly entities: boolean | 'on-request'
}

export interface FoundDrift {
  readonly report: DriftReport
  readonly history: FactBase
  readonly live: FactBase
  readonly entities?: FactBase
  readonly ignores: readonly DriftIgnore[]
  readonly snapshot: SnapshotRow
  readonly databaseId: string
  readonly status: Status
  /** Why the entities were not compared, where there are some. */
  readonly unread?: string
}

/**
 * Compares the stored schema with the live one, and, where they differ, with the entities. Reads the history and the catalogue only.
 * Rejects with YAMA_DRIFT_NO_SNAPSHOT, YAMA_DRIFT_OTHER_SERVER, YAMA_DRIFT_IGNORE_INVALID.
 */
export async function readDrift(context: CliContext, options: DriftOptions): Promise<FoundDrift> {
  const { driftErrors } = await import('@yama/drift')
  const { environment } = await context.database()
  const ignores = await readIgnores(context)
  const yama = await context.yama()
  // Refuses the database of another environment.
  const status = await yama.status()
  const snapshot = await yama.snapshot()
  // One session is enough, and an embedded database has no second.
  await yama[Symbol.asyncDispose]()
  if (snapshot === undefined) throw driftErrors.YAMA_DRIFT_NO_SNAPSHOT({ environment: environment.name })
  const live = await liveSchema(context)
  if (snapshot.tag !== live.tag)
    throw driftErrors.YAMA_DRIFT_OTHER_SERVER({ stored: snapshot.tag, found: live.tag, environment: environment.name })
  const { databaseId } = status.history
  const compared = await compare(context, snapshot, live, ignores, options)
  return { ...compared, live, ignores, snapshot, databaseId, status }
}

/** The day in UTC, as ignores name theirs. */
export const today = (): string => new Date().toISOString().slice(0, 10)

async function compare(
  context: CliContext,
  snapshot: SnapshotRow,
  live: FactBase,
  ignores: readonly DriftIgnore[],
  options: DriftOptions,
): Promise<Pick<FoundDrift, 'report' | 'history' | 'entities' | 'unread'>> {
  const { detectDrift, differsOnRequest } = await import('@yama/drift')
  const { decodeFacts } = await import('@yama/schema')
  const history = decodeFacts(snapshot.facts)
  const report = detectDrift({ history, live }, ignores, today())
  // Where nothing differs, or nobody asks, the entities need not be built.
  const needed = options.entities !== false && (differsOnRequest(history, live) || (options.entities === true && report.objects.length > 0))
  if (!needed) return { history, report }
  const { facts, unread } = await driftEntities(context, live.tag)
  if (facts === undefined) return { history, report, ...(unread === undefined ? {} : { unread }) }
  return { history, entities: facts, report: detectDrift({ history, live, entities: facts }, ignores, today()) }
}
