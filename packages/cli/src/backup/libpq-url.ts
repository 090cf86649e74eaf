/** What a URI of libpq may say, as far as Yama has a word for it (manual, 34.1.2). */
const KNOWN: ReadonlySet<string> = new Set([
  'application_name',
  'channel_binding',
  'connect_timeout',
  'dbname',
  'host',
  'hostaddr',
  'keepalives',
  'keepalives_count',
  'keepalives_idle',
  'keepalives_interval',
  'options',
  'passfile',
  'port',
  'requirepeer',
  'service',
  'sslcert',
  'sslcrl',
  'sslkey',
  'sslmode',
  'sslrootcert',
  'target_session_attrs',
  'tcp_user_timeout',
  'user',
])

/**
 * A URL as the tools of PostgreSQL take it, and the password that it had, which belongs beside the command line: there everybody on the
 * machine could read it. What libpq does not know (`schema`, `pgbouncer` and others of Node's world) would be an error to it.
 *
 * @example libpqUrl('postgres://me:secret@/app?host=/run&schema=x') // { url: 'postgres://me@/app?host=%2Frun', password: 'secret' }
 */
export function libpqUrl(text: string): { readonly url: string; readonly password: string | undefined } {
  const [, scheme = '', user = '', secret, hosts = '', database = '', query = ''] =
    /^([a-z]+:\/\/)(?:([^:@/?#]*)(?::([^@/?#]*))?@)?([^/?#]*)([^?#]*)(?:\?([^#]*))?/is.exec(text) ?? []
  const given = new URLSearchParams(query)
  const password = secret === undefined || secret === '' ? given.get('password') : decodeURIComponent(secret)
  const mode = given.get('sslmode') ?? (given.get('ssl') === 'true' ? 'require' : null)
  if (mode !== null) given.set('sslmode', mode === 'no-verify' ? 'require' : mode)
  const kept = [...given].filter(([name]) => KNOWN.has(name)).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  const at = user === '' ? '' : `${user}@`
  return { url: `${scheme}${at}${hosts}${database}${kept.length === 0 ? '' : `?${kept.join('&')}`}`, password: password ?? undefined }
}
