import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { YamaError } from '@yama/core'
import { pglite, postgres } from '@yama/postgres'
import { describe, expect, it } from 'vitest'
import { inNewDatabase, servers, withPath } from './runtime-database.ts'

const SECRET = 's3cr/t@#'
const failureOf = async (url: string): Promise<YamaError> => {
  const error: unknown = await (async () => postgres({ url }).connect())().then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!YamaError.is(error)) throw new Error(`no Yama error: ${String(error)}`)
  return error
}
const everything = (error: YamaError): string =>
  JSON.stringify([error.message, error.hint, error.details, error.stack, String(error.cause)])

describe('a connection that cannot be made', () => {
  const password = encodeURIComponent(SECRET)
  it.each([
    ['refused', `postgres://app:${password}@127.0.0.1:1/db`, 'YAMA_CONNECT_REFUSED'],
    ['an unknown host', `postgres://app:${password}@no-such-host.invalid/db`, 'YAMA_CONNECT_HOST_UNKNOWN'],
    ['a socket that is not there', `postgres://app:${password}@/db?host=/tmp/no-such-directory`, 'YAMA_CONNECT_REFUSED'],
    ['a password that splits the URL', `postgres://app:${SECRET}@127.0.0.1:1/db`, 'YAMA_CONNECT_POSTGRES_URL'],
    ['another scheme', `http://app:${password}@127.0.0.1/db`, 'YAMA_CONNECT_POSTGRES_URL'],
    ['a wrong sslmode', `postgres://app:${password}@127.0.0.1/db?sslmode=maybe`, 'YAMA_CONNECT_POSTGRES_URL'],
    [
      'a certificate file that is not there',
      `postgres://app:${password}@127.0.0.1/db?sslmode=verify-full&sslrootcert=/no/such.pem`,
      'YAMA_CONNECT_POSTGRES_URL',
    ],
    ['a wrong percent code', 'postgres://app:%zz@127.0.0.1/db', 'YAMA_CONNECT_POSTGRES_URL'],
  ])('%s has its code, and no message shows the password', async (_, url, code) => {
    const error = await failureOf(url)
    expect(error.code).toBe(code)
    expect(everything(error)).not.toContain(SECRET)
    expect(everything(error)).not.toContain(password)
  })

  it('gives up after connect_timeout', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await new Promise((listening) => silent.once('listening', listening))
    const address = silent.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    expect((await failureOf(`postgres://app:${password}@127.0.0.1:${String(port)}/db?connect_timeout=1`)).code).toBe('YAMA_CONNECT_TIMEOUT')
    silent.close()
  })

  it('is given up when the signal says so', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await new Promise((listening) => silent.once('listening', listening))
    const address = silent.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const started = performance.now()
    await expect(postgres({ url: `postgres://a@127.0.0.1:${String(port)}/db` }).connect(AbortSignal.timeout(100))).rejects.toMatchObject({
      name: 'TimeoutError',
    })
    expect(performance.now() - started).toBeLessThan(5000)
    silent.close()
  })

  describe.each(servers)('$name', ({ url }) => {
    it('names a missing database and how to create it', async () => {
      const error = await failureOf(withPath(url, 'yama_no_such_database'))
      expect(error.code).toBe('YAMA_CONNECT_DATABASE_MISSING')
      expect(error.hint).toContain('createdb')
    })
    it('says when the role is not let in', async () => {
      expect((await failureOf(withPath(url, 'postgres', 'yama_no_such_role'))).code).toBe('YAMA_CONNECT_AUTHENTICATION')
    })
    it('applies the settings of the session', async () => {
      await inNewDatabase(url, async (own) => {
        await using connection = await postgres({
          url: own,
          lockTimeoutMs: 1234,
          searchPath: ['my schema', 'public'],
          applicationName: 'a b',
        }).connect()
        const { rows } = await connection.execute(
          "SELECT current_setting('lock_timeout') AS t, current_setting('search_path') AS p, current_setting('application_name') AS a",
        )
        expect(rows).toEqual([{ t: '1234ms', p: '"my schema", public', a: 'a b' }])
      })
    })
    it('keeps no session that it could not ask who answers', async () => {
      await inNewDatabase(url, async (own, name) => {
        const role = `${name}_barred`
        await using connection = await postgres({ url: own }).connect()
        await connection.execute(`CREATE ROLE ${role} LOGIN`)
        try {
          await connection.execute('REVOKE EXECUTE ON FUNCTION pg_catalog.version() FROM PUBLIC')
          expect(await failureOf(withPath(url, name, role))).toMatchObject({ message: expect.stringContaining('version') as unknown })
          const sessions = async (): Promise<unknown> =>
            (await connection.execute(`SELECT pid FROM pg_stat_activity WHERE usename = '${role}'`)).rows
          await expect.poll(sessions, { timeout: 10_000 }).toEqual([])
        } finally {
          await connection.execute(`DROP ROLE ${role}`)
        }
      })
    })
    it('behind a pooler sets nothing but inside its own transactions', async () => {
      await inNewDatabase(url, async (own) => {
        await using connection = await postgres({ url: own, lockTimeoutMs: 1234, pooler: true }).connect()
        expect(connection.server.pooler).toBe(true)
        const question = "SELECT current_setting('lock_timeout') AS t"
        expect((await connection.execute(question)).rows).toEqual([{ t: '0' }])
        expect((await connection.batch([{ sql: question }], { transaction: true }))[0]?.rows).toEqual([{ t: '1234ms' }])
        expect(await connection.transaction(async () => (await connection.execute(question)).rows)).toEqual([{ t: '1234ms' }])
      })
    })
  })
})

describe('a PGlite directory', () => {
  it('is not made among the files of something else, and not over a database that lost its version', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'yama-pglite-'))
    writeFileSync(join(directory, 'package.json'), '{}')
    const refused = { code: 'YAMA_CONNECT_DIRECTORY', message: expect.stringContaining('Nothing was touched') }
    await expect(pglite({ dataDir: directory }).connect()).rejects.toMatchObject(refused)
    expect(readdirSync(directory)).toEqual(['package.json'])
    await expect(pglite({ dataDir: join(directory, 'package.json') }).connect()).rejects.toMatchObject({
      message: expect.stringContaining('it is a file'),
    })
  })

  it('is not opened where nobody can tell who holds it, and a holder that is gone is replaced', async () => {
    const directory = join(mkdtempSync(join(tmpdir(), 'yama-pglite-')), 'data')
    const lock = `${directory}.lock`
    mkdirSync(lock)
    await expect(pglite({ dataDir: directory }).connect()).rejects.toMatchObject({ code: 'YAMA_CONNECT_DIRECTORY' })
    expect(statSync(lock).isDirectory()).toBe(true)
    rmSync(lock, { recursive: true })
    writeFileSync(lock, '999999999')
    await (await pglite({ dataDir: directory }).connect())[Symbol.asyncDispose]()
    expect(readdirSync(join(directory, '..')).filter((name) => name.startsWith('data.lock.'))).toEqual([])
  })

  it('is refused a second time, kept after the last connection, and open to the same dialect', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'yama-pglite-'))
    const dataDir = join(directory, 'data')
    const first = pglite({ dataDir })
    const one = await first.connect()
    const two = await first.connect()
    await one.execute('CREATE TABLE kept (a integer)')
    await expect(pglite({ url: `pglite:${dataDir}` }).connect()).rejects.toMatchObject({ code: 'YAMA_CONNECT_DIRECTORY_IN_USE' })
    await one[Symbol.asyncDispose]()
    expect((await two.execute('SELECT count(*)::integer AS n FROM kept')).rows).toEqual([{ n: 0 }])
    await two[Symbol.asyncDispose]()
    const again = await pglite({ dataDir }).connect()
    expect((await again.execute('SELECT count(*)::integer AS n FROM kept')).rows).toEqual([{ n: 0 }])
    await again[Symbol.asyncDispose]()
    rmSync(directory, { recursive: true })
  })
})
