import { connect, isIP, type Socket } from 'node:net'
import { connect as secure, type ConnectionOptions as TlsOptions } from 'node:tls'

const CANCEL_REQUEST = 80_877_102
const SSL_REQUEST = 80_877_103

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
  /** How the session itself is encrypted: who demands that, demands it of this too. */
  readonly tls: TlsOptions | undefined
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
    socket.once('connect', () => {
      if (target.tls === undefined) socket.write(packet)
      else encrypted(socket, host, target.tls, packet)
    })
  })
}

/** Asks for encryption first; where the server gives none after all, nothing is sent. */
function encrypted(socket: Socket, host: string, tls: TlsOptions, packet: Buffer): void {
  const request = Buffer.alloc(8)
  request.writeInt32BE(8, 0)
  request.writeInt32BE(SSL_REQUEST, 4)
  socket.pause()
  socket.once('readable', () => {
    if (String(socket.read(1)) !== 'S') return socket.destroy()
    const channel = secure({ socket, servername: isIP(host) === 0 ? host : undefined, ...tls })
    channel.once('error', () => socket.destroy())
    channel.resume()
    channel.once('secureConnect', () => channel.write(packet))
    return undefined
  })
  socket.write(request)
}
