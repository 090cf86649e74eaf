import { standardUrl } from '../config/standard-url.ts'

/** What the tools of both products know; `--loose-` makes a warning of what one of them does not. */
const MODES: Readonly<Record<string, readonly string[]>> = {
  REQUIRED: ['--loose-ssl', '--loose-ssl-mode=REQUIRED'],
  VERIFY_CA: ['--loose-ssl', '--loose-ssl-mode=VERIFY_CA'],
  VERIFY_IDENTITY: ['--loose-ssl', '--loose-ssl-verify-server-cert', '--loose-ssl-mode=VERIFY_IDENTITY'],
}
const FILES = { '--ssl-ca': ['ssl-ca', 'sslcert', 'sslrootcert'], '--ssl-cert': ['ssl-cert'], '--ssl-key': ['ssl-key'] } as const

/**
 * How `mysqldump` and `mariadb-dump` reach the database of a URL, and the password that belongs beside the command line.
 *
 * @example mysqlWords('mysql://me@host/app').words // ['--host=host', '--port=3306', '--protocol=TCP', '--user=me']
 */
export function mysqlWords(text: string): {
  readonly words: readonly string[]
  readonly database: string
  readonly password: string | undefined
} {
  const url = new URL(standardUrl(text))
  const query = url.searchParams
  const secret = url.password === '' ? query.get('password') : decodeURIComponent(url.password)
  const socket = query.get('socket') ?? query.get('socketPath')
  const host = decodeURIComponent(url.hostname.replace(/^\[(.*)\]$/, '$1'))
  const place =
    socket === null ? [`--host=${host}`, `--port=${url.port === '' ? '3306' : url.port}`, '--protocol=TCP'] : [`--socket=${socket}`]
  const mode = (query.get('ssl-mode') ?? query.get('sslmode') ?? '')
    .toUpperCase()
    .replaceAll('-', '_')
    .replace(/^REQUIRE$/, 'REQUIRED')
  const files = Object.entries(FILES).flatMap(([word, names]) => {
    const path = names.map((name) => query.get(name)).find((each) => each !== null)
    return path === undefined || path === null ? [] : [`${word}=${path}`]
  })
  const user = url.username === '' ? [] : [`--user=${decodeURIComponent(url.username)}`]
  return {
    words: [...place, ...user, ...(MODES[mode.replace(/^VERIFY_FULL$/, 'VERIFY_IDENTITY')] ?? []), ...files],
    database: decodeURIComponent(url.pathname.slice(1)),
    password: secret ?? undefined,
  }
}
