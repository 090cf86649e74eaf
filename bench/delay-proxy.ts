// A connection with a delay, as a process of its own: `node --import tsx bench/delay-proxy.ts HOST PORT MS`; says its port on the standard output.
import { connect, createServer, type Socket } from 'node:net'

const [host = '127.0.0.1', port = '5432', delay = '20'] = process.argv.slice(2)
/** The round trip takes so long: half of it on the way there, half on the way back. */
const halfMs = Number(delay) / 2

/** What comes in leaves as it came, so many ms later. */
function later(from: Socket, to: Socket): void {
  from.on('data', (bytes) => setTimeout(() => to.writable && to.write(bytes), halfMs))
  from.on('close', () => setTimeout(() => to.destroy(), halfMs))
  from.on('error', () => to.destroy())
}

const server = createServer({ noDelay: true }, (client) => {
  const upstream = connect({ host, port: Number(port), noDelay: true })
  later(client, upstream)
  later(upstream, client)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${typeof address === 'object' && address !== null ? String(address.port) : ''}\n`)
})
// Its parent is gone.
process.stdin.resume().on('end', () => process.exit())
