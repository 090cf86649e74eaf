import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { TLSSocket, createSecureContext } from 'node:tls'
import { expect, test } from 'vitest'
import { sendCancel } from './cancel-request.ts'

const certificates = resolve(import.meta.dirname, '../../../../../test/runtime/tls')
const file = (name: string): Buffer => readFileSync(join(certificates, name))

/** Answers a request for encryption with this letter, and gives what came then. */
async function received(answer: 'S' | 'N'): Promise<string> {
  let packet = ''
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', (request) => {
      expect(request.toString('hex')).toBe('0000000804d2162f')
      socket.write(answer)
      const secureContext = createSecureContext({ key: file('server.key'), cert: file('server.crt') })
      const channel = answer === 'S' ? new TLSSocket(socket, { isServer: true, secureContext }) : socket
      channel.on('error', () => undefined)
      channel.on('data', (data: Buffer) => {
        packet += data.toString('hex')
        channel.end()
      })
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  await sendCancel({ host: 'localhost', port, processID: 1, secretKey: 2, tls: { ca: file('ca.crt') } })
  await new Promise((closed) => server.close(closed))
  return packet
}

test('a session that is encrypted is cancelled over an encrypted connection, or not at all', async () => {
  expect(await received('S')).toBe('0000001004d2162e0000000100000002')
  expect(await received('N')).toBe('')
})
