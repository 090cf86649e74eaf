import { sqliteErrors } from '../errors/errors.ts'

/** Where the database is: one of the two. `:memory:` as a file is a database of this connection only. */
export type SqliteLocation = { readonly url: string } | { readonly file: string }

export interface SqliteTarget {
  readonly file: string
  readonly readOnly: boolean
}

/** Reads `sqlite:./dev.db`, `sqlite:///abs.db`, `sqlite::memory:`, `file:…`; rejects with YAMA_CONNECT_SQLITE_URL. */
export function parseUrl(location: SqliteLocation): SqliteTarget {
  if ('file' in location) return { file: location.file, readOnly: false }
  const match = /^(?:sqlite3?|file):(?<path>[^?#]*)(?:\?(?<query>.*))?$/i.exec(location.url)
  const path = decode(match?.groups?.['path'] ?? '')
  if (match === null || path === '') throw sqliteErrors.YAMA_CONNECT_SQLITE_URL({ url: withoutQuery(location.url) })
  if (path === ':memory:' || path === '//:memory:') return { file: ':memory:', readOnly: false }
  const query = new URLSearchParams(match.groups?.['query'] ?? '')
  for (const key of query.keys()) {
    if (key !== 'mode') throw sqliteErrors.YAMA_CONNECT_SQLITE_URL({ url: withoutQuery(location.url) })
  }
  if (query.get('mode') === 'memory') return { file: ':memory:', readOnly: false }
  // `sqlite:///abs` is absolute as in other tools' URLs; `sqlite://rel` is taken as relative, which is what people mean by it.
  const file = path.startsWith('///') ? path.slice(2) : path.startsWith('//') ? path.slice(2) : path
  return { file, readOnly: query.get('mode') === 'ro' }
}

/** What stands behind the question mark may be a secret. */
const withoutQuery = (url: string): string => url.replace(/\?.*$/s, '?…')

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path // a bare `%` in a file name is not an escape
  }
}
