// What every throw-away server needs: an account that is not root, a free port, and whether a process is alive.
import { readFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms))

/** Database servers refuse to run as root, so root hands them to the first ordinary account there is. */
export function account(server) {
  if (process.getuid?.() !== 0) return {}
  const rows = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const row = rows.find(([name]) => name === 'nobody') ?? rows.find(([name, , uid]) => name === 'postgres' || Number(uid) >= 1000)
  if (row === undefined) throw new Error(`root may not run ${server}, and /etc/passwd names no other account to run it as`)
  return { uid: Number(row[2]), gid: Number(row[3]) }
}

export function freePort() {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}

export function alive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Whether anything takes connections on the port. */
export const answers = (port) =>
  new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 500 })
    const end = (there) => {
      socket.destroy()
      done(there)
    }
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false))
  })
