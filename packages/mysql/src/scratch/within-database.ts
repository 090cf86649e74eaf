import { schemaErrors, type ScratchReach, type ThrowAway } from '@yama/schema'
import { backticked } from '../text/names.ts'
import { namedDatabases } from './named-databases.ts'
import { positionedWords } from './positioned-words.ts'

/** Only these can name a database, */
const MAY_NAME = /\.|\b(?:USE|DATABASE|SCHEMA)\b/i
/** and these change the server, a file or what another server does. */
const MAY_REACH =
  /\b(?:USER|ROLE|PASSWORD|RESET|PURGE|KILL|SHUTDOWN|RESTART|UNINSTALL|OUTFILE|DUMPFILE|REPLICA|SLAVES?|GROUP_REPLICATION|MASTER|SOURCE|CLONE|INSTANCE|SERVER|TABLESPACE|LOGFILE|UNDO)\b/i
/** What is there but once on a server. */
const OF_SERVER =
  /^(?:(?:DROP|ALTER|RENAME) USER|DROP ROLE|SET PASSWORD|RESET|PURGE|KILL|SHUTDOWN|RESTART|UNINSTALL|(?:ALTER|DROP) (?:INSTANCE|SERVER|TABLESPACE|LOGFILE|UNDO))\b/

/** A server that follows another one asks it at once. */
const OTHER_SERVERS = /^(?:CHANGE (?:MASTER|REPLICATION)|START (?:REPLICA|SLAVE|ALL|GROUP_REPLICATION)|CLONE)\b/
const FILES = new Set(['OUTFILE', 'DUMPFILE'])

/**
 * A statement as it is run in a throw-away database: the database that the migrations are for is this one. Throws YAMA_SCRATCH_OUTSIDE where it would change
 * another database, or the server, that others use; a file of the server; or what another server does.
 */
export function withinDatabase(sql: string, { database, target, reach }: ThrowAway): string {
  if (MAY_REACH.test(sql)) refuseServer(sql, reach)
  if (!MAY_NAME.test(sql)) return sql
  const isTarget = (name: string): boolean => target !== undefined && target !== '' && name.toLowerCase() === target.toLowerCase()
  let read = ''
  let end = 0
  for (const named of namedDatabases(sql)) {
    if (isTarget(named.name)) {
      read += sql.slice(end, named.start) + backticked(database)
      end = named.end
    } else if (reach === 'database' && named.changes && named.name !== database) {
      throw schemaErrors.YAMA_SCRATCH_OUTSIDE({ what: `the database ${named.name}` })
    }
  }
  return read + sql.slice(end)
}

function refuseServer(sql: string, reach: ScratchReach): void {
  const words = positionedWords(sql).map(({ upper }) => upper)
  const verb = words.slice(0, 2).join(' ')
  if (reach === 'database' && OF_SERVER.test(verb)) throw schemaErrors.YAMA_SCRATCH_OUTSIDE({ what: `the server (${verb})` })
  const file = words.findIndex((word, at) => FILES.has(word) && words[at - 1] === 'INTO')
  if (reach !== 'anything' && file > 0) throw schemaErrors.YAMA_SCRATCH_OUTSIDE({ what: `the file ${words[file + 1] ?? ''}` })
  if (reach !== 'anything' && OTHER_SERVERS.test(verb))
    throw schemaErrors.YAMA_SCRATCH_OUTSIDE({ what: `what another server does (${verb})` })
}
