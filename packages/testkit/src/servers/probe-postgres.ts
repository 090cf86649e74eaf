import { connect } from 'node:net'

const PROTOCOL_3 = 196_608

function startupMessage(user: string, database: string): Buffer {
  const body = Buffer.from(`user\0${user}\0database\0${database}\0\0`)
  const head = Buffer.alloc(8)
  head.writeInt32BE(body.length + 8, 0)
  head.writeInt32BE(PROTOCOL_3, 4)
  return Buffer.concat([head, body])
}

/** Reads whole messages only; returns the version, 'refused', or undefined while more bytes are needed. */
function versionIn(bytes: Buffer): string | undefined {
  let at = 0
  while (at + 5 <= bytes.length) {
    const type = String.fromCharCode(bytes.readUInt8(at))
    const end = at + 1 + bytes.readInt32BE(at + 1)
    if (end > bytes.length) return undefined
    const isAuthentication = type === 'R'
    if (type === 'E' || (isAuthentication && bytes.readInt32BE(at + 5) !== 0)) return 'refused'
    const [name, value] = bytes.toString('utf8', at + 5, end).split('\0')
    if (type === 'S' && name === 'server_version') return value
    if (type === 'Z') return 'refused'
    at = end
  }
  return undefined
}

/**
 * The server's version (`15.18`), or undefined when nothing answers within the time or when it asks for a password.
 * Speaks the startup handshake itself, so that looking for a server needs no driver.
 */
export function probePostgres(host: string, port: number, user = 'postgres', waitMs = 1000): Promise<string | undefined> {
  return new Promise((done) => {
    let received = Buffer.alloc(0)
    const socket = connect({ host, port, timeout: waitMs })
    const end = (version: string | undefined): void => {
      socket.destroy()
      done(version)
    }
    socket.once('connect', () => socket.write(startupMessage(user, 'postgres')))
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      const version = versionIn(received)
      if (version !== undefined) end(version === 'refused' ? undefined : version)
    })
    socket.once('error', () => end(undefined))
    socket.once('timeout', () => end(undefined))
    socket.once('close', () => end(undefined))
  })
}
