import { createServer } from 'node:net'
import { YamaError, type Dialect } from '@yama/core'
import { mysql } from '@yama/mysql'
import { describe, expect, it } from 'vitest'
import { administer, dialectOf, inNewDatabase, servers, withPath } from './runtime-database.ts'

const SECRET = 's3cr/t@#'
const failureOf = async (open: () => Dialect): Promise<YamaError> => {
  const error: unknown = await (async () => open().connect())().then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!YamaError.is(error)) throw new Error(`no Yama error: ${String(error)}`)
  return error
}
const everything = (error: YamaError): string =>
  JSON.stringify([error.message, error.hint, error.details, error.stack, String(error.cause)])

async function silently(work: (port: number) => Promise<void>): Promise<void> {
  const silent = createServer().listen(0, '127.0.0.1')
  await new Promise((listening) => silent.once('listening', listening))
  const address = silent.address()
  await work(typeof address === 'object' && address !== null ? address.port : 0)
  silent.close()
}

describe('a connection that cannot be made', () => {
  const password = encodeURIComponent(SECRET)
  it.each([
    ['refused', `mysql://app:${password}@127.0.0.1:1/db`, 'YAMA_CONNECT_MYSQL_REFUSED'],
    ['an unknown host', `mysql://app:${password}@no-such-host.invalid/db`, 'YAMA_CONNECT_MYSQL_HOST_UNKNOWN'],
    ['a socket that is not there', `mysql://app:${password}@/db?socket=/tmp/no-such.sock`, 'YAMA_CONNECT_MYSQL_REFUSED'],
    ['a password that splits the URL', `mysql://app:${SECRET}@127.0.0.1:1/db`, 'YAMA_CONNECT_MYSQL_URL'],
    ['another scheme', `http://app:${password}@127.0.0.1/db`, 'YAMA_CONNECT_MYSQL_URL'],
    ['a wrong ssl-mode', `mysql://app:${password}@127.0.0.1/db?ssl-mode=maybe`, 'YAMA_CONNECT_MYSQL_URL'],
    ['a path that is no name', `mysql://app:${password}@127.0.0.1/db/table`, 'YAMA_CONNECT_MYSQL_URL'],
    [
      'a certificate file that is not there',
      `mysql://app:${password}@127.0.0.1/db?ssl-mode=VERIFY_IDENTITY&ssl-ca=/no/such.pem`,
      'YAMA_CONNECT_MYSQL_URL',
    ],
    ['a wrong percent code', 'mysql://app:%zz@127.0.0.1/db', 'YAMA_CONNECT_MYSQL_URL'],
  ])('%s has its code, and no message shows the password', async (_, url, code) => {
    const error = await failureOf(() => mysql({ url }))
    expect(error.code).toBe(code)
    expect(everything(error)).not.toContain(SECRET)
    expect(everything(error)).not.toContain(password)
  })

  it('gives up after connect_timeout', async () => {
    await silently(async (port) => {
      const error = await failureOf(() => mysql({ url: `mysql://a@127.0.0.1:${String(port)}/db?connect_timeout=1` }))
      expect(error.code).toBe('YAMA_CONNECT_MYSQL_TIMEOUT')
    })
  })

  it('is given up when the signal says so', async () => {
    await silently(async (port) => {
      const started = performance.now()
      const connecting = mysql({ url: `mysql://a@127.0.0.1:${String(port)}/db` }).connect(AbortSignal.timeout(100))
      await expect(connecting).rejects.toMatchObject({ name: 'TimeoutError' })
      expect(performance.now() - started).toBeLessThan(2000)
    })
  })

  it('says that the password function failed', async () => {
    const url = 'mysql://a@127.0.0.1:1/db'
    const error = await failureOf(() => mysql({ url, password: () => Promise.reject(new Error('no token today')) }))
    expect(error).toMatchObject({ code: 'YAMA_CONNECT_MYSQL_PASSWORD', details: { reason: 'no token today' } })
  })
})

describe.each(servers)('connecting to $name', ({ url, name }) => {
  const account = `yama_rt_${name.replaceAll(/\W/g, '')}`

  it('refuses a wrong password and a database that is not there', async () => {
    const wrong = withPath(url, 'mysql').replace('root@', `root:${encodeURIComponent(SECRET)}@`)
    const error = await failureOf(() => dialectOf(wrong))
    expect(error.code).toBe('YAMA_CONNECT_MYSQL_AUTHENTICATION')
    expect(everything(error)).not.toContain(encodeURIComponent(SECRET))
    expect(await failureOf(() => dialectOf(withPath(url, 'yama_rt_nowhere')))).toMatchObject({
      code: 'YAMA_CONNECT_MYSQL_DATABASE_MISSING',
      details: { database: 'yama_rt_nowhere' },
    })
  })

  it('asks the password function for each connection', async () => {
    await administer(url, `DROP USER IF EXISTS ${account}`, `CREATE USER ${account} IDENTIFIED BY 'token 1'`)
    try {
      let asked = 0
      const dialect = dialectOf(withPath(url, '', account), { password: async () => `token ${String(++asked)}` })
      await using connection = await dialect.connect()
      expect(connection.server.user).toContain(account)
      await administer(url, `ALTER USER ${account} IDENTIFIED BY 'token 2'`)
      await using second = await dialect.connect()
      expect(second.server.user).toContain(account)
    } finally {
      await administer(url, `DROP USER ${account}`)
    }
  })

  it('encrypts where it is asked to, and verifies who answers', async () => {
    const secure = `${withPath(url, '')}?ssl-mode=`
    const answer = await dialectOf(`${secure}REQUIRED`)
      .connect()
      .catch((error: unknown) => error)
    if (YamaError.is(answer)) {
      // A server without a certificate says so, and PREFERRED goes on without one.
      expect(answer.code).toBe('YAMA_CONNECT_MYSQL_TLS')
      await using connection = await dialectOf(`${secure}PREFERRED`).connect()
      expect((await connection.execute('SELECT 1 AS n')).rows).toEqual([{ n: 1 }])
    } else {
      await using connection = answer as Awaited<ReturnType<Dialect['connect']>>
      const { rows } = await connection.execute("SHOW STATUS LIKE 'Ssl_cipher'")
      expect(rows[0]?.['Value']).not.toBe('')
      expect((await failureOf(() => dialectOf(`${secure}VERIFY_CA`))).code).toBe('YAMA_CONNECT_MYSQL_TLS')
    }
  })

  it('says what the server is and what it is not', async () => {
    await inNewDatabase(url, async (own, database) => {
      await using connection = await dialectOf(own).connect()
      const { kind, product, version, readOnly, pooler } = connection.server
      expect({ kind, database: connection.server.database, readOnly, pooler }).toEqual({
        kind: url.slice(0, url.indexOf(':')),
        database,
        readOnly: false,
        pooler: false,
      })
      expect(product).toContain(version)
      expect(version).toMatch(/^\d+\.\d+\.\d+$/)
    })
  })

  it('answers to mysql:// whatever it is', async () => {
    await using connection = await mysql({ url: url.replace(/^\w+:/, 'mysql:') }).connect()
    expect(connection.server.kind).toBe(url.slice(0, url.indexOf(':')))
  })

  it('keeps no history without a database', async () => {
    const dialect = dialectOf(url)
    await using connection = await dialect.connect()
    expect(() => dialect.createHistory(connection, { project: 'default' })).toThrow(
      expect.objectContaining({ code: 'YAMA_MYSQL_NO_DATABASE' }),
    )
  })

  it('names the missing right on the history', async () => {
    await inNewDatabase(url, async (own, database) => {
      await administer(
        url,
        `DROP USER IF EXISTS ${account}`,
        `CREATE USER ${account} IDENTIFIED BY 'x'`,
        `GRANT SELECT ON ${database}.* TO ${account}`,
      )
      try {
        const dialect = dialectOf(withPath(own, database, account), { password: 'x' })
        await using connection = await dialect.connect()
        const history = dialect.createHistory(connection, { project: 'default' })
        expect(await history.read()).toMatchObject({ exists: false })
        const refused = await history.ensure().then(
          () => undefined,
          (error: unknown) => error,
        )
        expect(refused).toMatchObject({ code: 'YAMA_MYSQL_HISTORY_PERMISSION', details: { action: 'create' } })
        // What the error advises runs as it stands.
        await administer(url, /`(GRANT ALL .*)`\.$/.exec(YamaError.is(refused) ? refused.hint : '')?.[1] ?? '')
        await using again = await dialect.connect()
        await dialect.createHistory(again, { project: 'default' }).ensure()
      } finally {
        await administer(url, `DROP USER ${account}`)
      }
    })
  })
})
