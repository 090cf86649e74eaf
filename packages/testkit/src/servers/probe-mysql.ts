import { connect } from 'node:net'

export interface MysqlServer {
  readonly kind: 'mysql' | 'mariadb'
  /** `10.11.19`. */
  readonly version: string
  /** Whether the user gets in without a password. */
  readonly open: boolean
}

// Protocol 4.1, plugin authentication, secure connection.
const CAPABILITIES = 0x00_08_82_00

/** MySQL 9 "Protocol::HandshakeResponse41" with an empty password, which every plugin takes as no bytes at all. */
function loginMessage(user: string): Buffer {
  const head = Buffer.alloc(32)
  head.writeUInt32LE(CAPABILITIES, 0)
  head.writeUInt32LE(1 << 24, 4)
  head.writeUInt8(45, 8)
  return packet(1, Buffer.concat([head, Buffer.from(`${user}\0`), Buffer.from([0]), Buffer.from('mysql_native_password\0')]))
}

function packet(sequence: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUIntLE(body.length, 0, 3)
  head.writeUInt8(sequence, 3)
  return Buffer.concat([head, body])
}

function serverOf(handshake: Buffer): Omit<MysqlServer, 'open'> {
  const full = handshake.toString('latin1', 1, handshake.indexOf(0, 1))
  const version = /\d+\.\d+\.\d+/.exec(full.replace(/^5\.5\.5-/, ''))?.[0] ?? full
  return { kind: /MariaDB/i.test(full) ? 'mariadb' : 'mysql', version }
}

/**
 * Which server answers, or undefined when nothing does within the time. Speaks the handshake itself, so that looking for a
 * server needs no driver.
 */
export function probeMysql(host: string, port: number, user = 'root', waitMs = 1000): Promise<MysqlServer | undefined> {
  return new Promise((done) => {
    let received = Buffer.alloc(0)
    let server: Omit<MysqlServer, 'open'> | undefined
    const socket = connect({ host, port, timeout: waitMs })
    const end = (found: MysqlServer | undefined): void => {
      socket.destroy()
      done(found)
    }
    const answer = (sequence: number, body: Buffer): void => {
      const type = body[0]
      if (server === undefined) {
        if (type !== 10) return end(undefined)
        server = serverOf(body)
        socket.write(loginMessage(user))
      } else if (type === 0xfe) socket.write(packet(sequence + 1, Buffer.alloc(0)))
      else if (type === 0 || type === 0xff) end({ ...server, open: type === 0 })
      // Anything else is one more question of the plugin, which a password would answer.
      else if (body[1] !== 3) end({ ...server, open: false })
    }
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      while (received.length >= 4 && received.length >= 4 + received.readUIntLE(0, 3)) {
        const length = received.readUIntLE(0, 3)
        const sequence = received[3] ?? 0
        const body = received.subarray(4, 4 + length)
        received = received.subarray(4 + length)
        answer(sequence, body)
      }
    })
    socket.once('error', () => end(undefined))
    socket.once('timeout', () => end(undefined))
    socket.once('close', () => end(server === undefined ? undefined : { ...server, open: false }))
  })
}
