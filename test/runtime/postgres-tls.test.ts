import { chownSync, copyFileSync, chmodSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { postgres } from '@yama/postgres'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { startPostgres, stopPostgres } from '../../scripts/servers/embedded-postgres.mjs'

const certificates = resolve(import.meta.dirname, 'tls')
const file = (name: string): string => encodeURIComponent(join(certificates, name))
const VERIFIED = `sslmode=verify-full&sslrootcert=${file('ca.crt')}`
const CERTIFICATE = `${VERIFIED}&sslcert=${file('client.crt')}&sslkey=${file('client.key')}`

/** What a user may be let in with, one line each. */
const HBA = `hostssl all postgres,cert_user 127.0.0.1/32 cert map=known
hostssl all secure 127.0.0.1/32 trust
hostssl all word 127.0.0.1/32 scram-sha-256
hostnossl all plain 127.0.0.1/32 trust
`

describe('a PostgreSQL server that demands encryption', () => {
  let server: Awaited<ReturnType<typeof startPostgres>> | undefined
  beforeAll(async () => {
    try {
      server = await startPostgres('18')
    } catch (error) {
      console.warn(`encrypted connections are not tested: ${error instanceof Error ? error.message : String(error)}`)
      return
    }
    const data = join(server.directory, 'data')
    const { uid, gid } = statSync(data)
    for (const name of ['server.crt', 'server.key', 'ca.crt']) {
      copyFileSync(join(certificates, name), join(data, name))
      chmodSync(join(data, name), 0o600)
      chownSync(join(data, name), uid, gid)
    }
    await using connection = await postgres({ url: server.url }).connect()
    await connection.execute(
      "CREATE ROLE cert_user LOGIN; CREATE ROLE secure LOGIN; CREATE ROLE plain LOGIN; CREATE ROLE word LOGIN PASSWORD 'p@ss'",
    )
    writeFileSync(join(data, 'pg_ident.conf'), 'known cert_user postgres\nknown cert_user cert_user\n')
    writeFileSync(join(data, 'pg_hba.conf'), HBA)
    for (const setting of ["ssl_ca_file = 'ca.crt'", 'ssl = on']) await connection.execute(`ALTER SYSTEM SET ${setting}`)
    await connection.execute('SELECT pg_reload_conf()')
  }, 120_000)
  afterEach(() => void vi.unstubAllEnvs())
  afterAll(async () => {
    if (server !== undefined) await stopPostgres(server.directory)
  })

  const at = (user: string, query = '', host = 'localhost'): string =>
    `postgres://${user}@${host}:${new URL(server?.url ?? '').port}/postgres${query === '' ? '' : `?${query}`}`
  const isEncrypted = async (url: string): Promise<unknown> => {
    await using connection = await postgres({ url }).connect()
    return (await connection.execute('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()')).rows[0]?.['ssl']
  }
  const codeOf = async (url: string): Promise<unknown> =>
    isEncrypted(url).catch((error: unknown) => (error as { readonly code: string }).code)

  test('is reached as libpq reaches it', async (context) => {
    if (server === undefined) return context.skip()
    // Without a word: on this machine plain first, and encrypted where the server wants that.
    await expect.poll(() => codeOf(at('secure'))).toBe(true)
    expect(await isEncrypted(at('plain'))).toBe(false)
    expect(await isEncrypted(at('plain', 'sslmode=prefer'))).toBe(false)
    expect(await isEncrypted(at('secure', 'sslmode=prefer'))).toBe(true)
    expect(await isEncrypted(at('secure', 'sslmode=require'))).toBe(true)
    expect(await isEncrypted(at('word:p%40ss', VERIFIED))).toBe(true)
    expect(await isEncrypted(at('cert_user', CERTIFICATE))).toBe(true)
  })

  test('is not reached otherwise, and each reason has its code', async (context) => {
    if (server === undefined) return context.skip()
    expect(await codeOf(at('secure', 'sslmode=disable'))).toBe('YAMA_CONNECT_TLS')
    expect(await codeOf(at('secure', 'sslmode=verify-full'))).toBe('YAMA_CONNECT_TLS')
    expect(await codeOf(at('secure', VERIFIED, '127.0.0.1'))).toBe('YAMA_CONNECT_TLS')
    expect(await codeOf(at('word:wrong', VERIFIED))).toBe('YAMA_CONNECT_AUTHENTICATION')
    expect(await codeOf(at('nobody'))).toBe('YAMA_CONNECT_AUTHENTICATION')
  })

  test('the variables of libpq say the same', async (context) => {
    if (server === undefined) return context.skip()
    vi.stubEnv('PGSSLMODE', 'verify-full')
    expect(await codeOf(at('secure'))).toBe('YAMA_CONNECT_TLS')
    vi.stubEnv('PGSSLROOTCERT', join(certificates, 'ca.crt'))
    expect(await isEncrypted(at('secure'))).toBe(true)
    vi.stubEnv('PGSSLMODE', '')
    vi.stubEnv('PGSSLROOTCERT', '')
    expect(await isEncrypted(at('plain'))).toBe(false)
    vi.stubEnv('PGSSLMODE', 'often')
    expect(await codeOf(at('secure'))).toBe('YAMA_CONNECT_POSTGRES_URL')
  })

  test('a statement is cancelled there', async (context) => {
    if (server === undefined) return context.skip()
    await using connection = await postgres({ url: at('cert_user', CERTIFICATE) }).connect()
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 200)
    const started = performance.now()
    await expect(connection.execute('SELECT pg_sleep(30)', [], stop.signal)).rejects.toBeDefined()
    expect(performance.now() - started).toBeLessThan(10_000)
    expect((await connection.execute('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })
})
