/** `postgres://user@one:5432,two:5433/db` as libpq takes it: the same URL for each host. One host is itself. */
export function hostList(url: string): readonly string[] {
  const [, before = '', hosts = '', rest = ''] = /^(\w+:\/\/(?:[^/?#]*@)?)([^/?#]*)(.*)$/s.exec(url) ?? []
  if (!hosts.includes(',')) return [url]
  return hosts.split(',').map((host) => `${before}${host}${rest}`)
}
