import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { postgresTargets } from './postgres-targets.ts'
import { probePostgres } from './probe-postgres.ts'

test('the servers of the variable come first, PGlite always last', async () => {
  const targets = await postgresTargets({ YAMA_TEST_POSTGRES_URLS: '15=postgres://a@b:1/c,18=postgres://a@b:2/c?x=y' })
  expect(targets).toEqual([
    { name: 'PostgreSQL 15', driver: 'pg', major: 15, url: 'postgres://a@b:1/c' },
    { name: 'PostgreSQL 18', driver: 'pg', major: 18, url: 'postgres://a@b:2/c?x=y' },
    { name: 'PGlite', driver: 'pglite', major: undefined, url: 'pglite:memory' },
  ])
})

test('an entry without its major is refused, and the message shows no password', async () => {
  const found = postgresTargets({ YAMA_TEST_POSTGRES_URLS: 'postgres://a:secret@b:1/c' })
  await expect(found).rejects.toMatchObject({ code: 'YAMA_TESTKIT_TARGET', message: expect.not.stringContaining('secret') })
})

test('without the variable there is PGlite at least', async () => {
  const targets = await postgresTargets({})
  expect(targets.at(-1)?.name).toBe('PGlite')
})

test('a port that accepts but never speaks is given up', async () => {
  const silent = createServer().listen(0, '127.0.0.1')
  await new Promise((listening) => silent.once('listening', listening))
  const address = silent.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await expect(probePostgres('127.0.0.1', port, 'postgres', 100)).resolves.toBeUndefined()
  silent.close()
})

test.each((await postgresTargets()).filter((target) => target.driver === 'pg'))('$name tells its version', async ({ url, major }) => {
  const { hostname, port, username } = new URL(url)
  const version = await probePostgres(hostname, Number(port), username)
  expect(Number.parseInt(version ?? '', 10)).toBe(major)
})
