import type { Dialect } from '@yama/core'
import { mariadbRuntime, mysqlRuntime } from '@yama/mysql/runtime'
import { pglite } from '@yama/postgres'
import { postgresRuntime } from '@yama/postgres/runtime'
import { sqlite } from '@yama/sqlite'

/** The dialect that a URL names. */
export function dialectAt(url: string): Dialect {
  if (url.startsWith('sqlite:')) return sqlite({ url })
  if (url.startsWith('pglite:')) return pglite({ url })
  if (url.startsWith('mariadb:')) return mariadbRuntime({ url })
  return url.startsWith('mysql:') ? mysqlRuntime({ url }) : postgresRuntime({ url })
}
