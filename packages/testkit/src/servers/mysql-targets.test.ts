import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { mysqlTargets } from './mysql-targets.ts'
import { probeMysql } from './probe-mysql.ts'

test('a server that a variable names and that does not answer is an error, without its password', async () => {
  const found = mysqlTargets({ YAMA_TEST_MYSQL_URL: 'mysql://a:secret@127.0.0.1:1' })
  await expect(found).rejects.toMatchObject({ code: 'YAMA_TESTKIT_SERVER', message: expect.not.stringContaining('secret') })
})

test('a port that accepts but never speaks is given up', async () => {
  const silent = createServer().listen(0, '127.0.0.1')
  await new Promise((listening) => silent.once('listening', listening))
  const address = silent.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await expect(probeMysql('127.0.0.1', port, 'root', 100)).resolves.toBeUndefined()
  silent.close()
})

const targets = await mysqlTargets()

test.skipIf(targets.length === 0).each(targets)('$name tells what it is, and who is let in', async ({ url, name }) => {
  const { hostname, port, username, protocol } = new URL(url)
  const found = await probeMysql(hostname, Number(port), username)
  expect(found).toMatchObject({ kind: protocol.slice(0, -1), open: true })
  expect(found?.version.startsWith(name.split(' ')[1] ?? '?')).toBe(true)
  expect(await probeMysql(hostname, Number(port), 'nobody_of_this_name')).toMatchObject({ open: false })
})
