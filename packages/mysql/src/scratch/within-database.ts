import { schemaErrors } from '@yama/schema'
import { backticked } from '../text/names.ts'
import { namedDatabases } from './named-databases.ts'
import { positionedWords } from './positioned-words.ts'

/** Where statements of migrations are run instead of where they are meant for. */
export interface ThrowAway {
  /** Its own name. */
  readonly database: string
  /** The one that the migrations are for; empty where none is known. */
  readonly target: string
  /** Others use the server too: what is outside of the throw-away database is not touched. */
  readonly shared: boolean
}

/** Only these can name a database or change the server. */
const WORTH_READING =
  /\.|\b(?:USE|DATABASE|SCHEMA|USER|ROLE|PASSWORD|RESET|PURGE|KILL|SHUTDOWN|RESTART|UNINSTALL|INSTANCE|SERVER|TABLESPACE|LOGFILE)\b/i
/** What is there but once on a server. */
const OF_SERVER =
  /^(?:(?:DROP|ALTER|RENAME) USER|DROP ROLE|SET PASSWORD|RESET|PURGE|KILL|SHUTDOWN|RESTART|UNINSTALL|(?:ALTER|DROP) (?:INSTANCE|SERVER|TABLESPACE|LOGFILE|UNDO))\b/

/**
 * A statement as it is run in a throw-away database: the database that the migrations are for is this one. Throws YAMA_SCRATCH_OUTSIDE where it would change
 * another database, or the server, that others use.
 */
export function withinDatabase(sql: string, { database, target, shared }: ThrowAway): string {
  if (!WORTH_READING.test(sql)) return sql
  if (shared) refuseServer(sql)
  const isTarget = (name: string): boolean => target !== '' && name.toLowerCase() === target.toLowerCase()
  let read = ''
  let end = 0
  for (const named of namedDatabases(sql)) {
    if (isTarget(named.name)) {
      read += sql.slice(end, named.start) + backticked(database)
      end = named.end
    } else if (shared && named.changes && named.name !== database) {
      throw schemaErrors.YAMA_SCRATCH_OUTSIDE({ what: `the database ${named.name}` })
    }
  }
  return read + sql.slice(end)
}

function refuseServer(sql: string): void {
  const [first, second] = positionedWords(sql)
  const words = `${first?.upper ?? ''} ${second?.upper ?? ''}`
  if (OF_SERVER.test(words)) throw schemaErrors.YAMA_SCRATCH_OUTSIDE({ what: `the server (${words.trim()})` })
}
