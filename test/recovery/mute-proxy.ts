import { connect, createServer, type Socket } from 'node:net'

/** A connection that can be lost in the worst moment: the server gets the question, and its answer never comes. */
export interface MuteProxy extends AsyncDisposable {
  readonly port: number
  /** From now on nothing of the server gets through; after so many ms both ends are cut. */
  cut(afterMs: number): void
  /**
   * Cuts every connection and lets no new one in: what a server sees of a client whose process is killed. With `afterNextMs` it
   * waits for the next bytes of the client, so that the server has them, and then so many ms.
   */
  fall(afterNextMs?: number): void
}

/** Stands before a server on this machine. */
export async function muteProxy(target: { readonly host: string; readonly port: number }): Promise<MuteProxy> {
  const pairs = new Set<readonly [Socket, Socket]>()
  const muted = new WeakSet<Socket>()
  let fallAfterNext: number | undefined
  // Drivers send without delay too; otherwise an exchange of several packets waits 40 ms for its acknowledgement.
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ ...target, noDelay: true })
    const pair = [client, upstream] as const
    pairs.add(pair)
    const end = (): void => {
      client.destroy()
      upstream.destroy()
      pairs.delete(pair)
    }
    client
      .on('data', (bytes) => {
        upstream.write(bytes)
        if (fallAfterNext === undefined) return
        setTimeout(fall, fallAfterNext)
        fallAfterNext = undefined
      })
      .on('close', end)
      .on('error', end)
    upstream
      .on('data', (bytes) => void (muted.has(client) || client.write(bytes)))
      .on('close', end)
      .on('error', end)
  })
  function fall(): void {
    server.close()
    for (const pair of pairs) for (const socket of pair) socket.destroy()
  }
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut: (afterMs) => {
      const now = [...pairs]
      for (const [client] of now) muted.add(client)
      setTimeout(() => now.forEach((pair) => pair.forEach((socket) => socket.destroy())), afterMs)
    },
    fall: (afterNextMs) => {
      if (afterNextMs === undefined) fall()
      else fallAfterNext = afterNextMs
    },
    [Symbol.asyncDispose]: () => Promise.resolve(fall()),
  }
}
