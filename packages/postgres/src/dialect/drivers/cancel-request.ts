import { connect, type Socket } from 'node:net'

const CANCEL_REQUEST = 80_877_102

/**
 * Asks the server to cancel what the backend runs, over a connection of its own and without logging in, as the protocol
 * has it (53.2.8, Canceling Requests in Progress). Works through poolers too. Resolves also when nobody listens: the
 * statement then ends by itself.
 */
export function sendCancel(target: {
  readonly host: string
  readonly port: number
  readonly processID: number
  readonly secretKey: number
}): Promise<void> {
  const packet = Buffer.alloc(16)
  packet.writeInt32BE(16, 0)
  packet.writeInt32BE(CANCEL_REQUEST, 4)
  packet.writeInt32BE(target.processID, 8)
  packet.writeInt32BE(target.secretKey, 12)
  const { host, port } = target
  return new Promise((resolve) => {
    const socket: Socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${String(port)}`) : connect(port, host)
    socket.setTimeout(5000, () => socket.destroy())
    socket.once('error', () => socket.destroy())
    socket.once('close', () => resolve())
    // The other side closes when it is done: PgBouncer forgets a request whose sender has gone.
    socket.resume()
    socket.once('connect', () => socket.write(packet))
  })
}
