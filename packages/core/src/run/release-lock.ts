import type { YamaConfig } from '../contract/config.ts'
import type { LockReport } from '../contract/dialect.ts'
import type { ReleaseOptions } from '../contract/run.ts'
import { coreErrors } from '../errors/errors.ts'
import { describeHolder } from './describe-holder.ts'
import { recordRelease } from './record-lock.ts'
import { actorOf, type Session } from './session.ts'

/** Takes the lock from a holder that cannot give it back; from one that is alive only by force. */
export async function releaseLock(config: YamaConfig, session: Session, { reason, force = false }: ReleaseOptions): Promise<LockReport> {
  const { dialect } = config
  const { connection, history } = await session.open()
  const { server } = connection
  const key = session.project
  if (server.readOnly) throw coreErrors.YAMA_DATABASE_READ_ONLY({ database: server.database, host: server.host })
  const report = await dialect.inspectLock(connection, key)
  if (report === undefined) throw coreErrors.YAMA_LOCK_FREE({ key })
  if (report.alive === 'yes' && !force) {
    const details = { key, holder: describeHolder(report.holder), evidence: report.evidence.join('; ') }
    throw coreErrors.YAMA_LOCK_ALIVE(details, { data: report })
  }
  const recorder = { dialect, connection, history, actor: actorOf(config, server) }
  await dialect.breakLock(connection, report, () => recordRelease(recorder, report, reason, force))
  return report
}
