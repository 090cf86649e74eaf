import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The server of a URL over a connection whose round trip takes so many ms longer; disposing ends the proxy. */
export async function behindDelay(url: string, ms: number): Promise<{ readonly url: string } & Disposable> {
  const { hostname, port } = new URL(url)
  const script = fileURLToPath(new URL('delay-proxy.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, hostname, port, String(ms)], { stdio: ['pipe', 'pipe', 'inherit'] })
  const own = await new Promise<string>((said, fail) => {
    child.stdout.setEncoding('utf8').once('data', (text: string) => said(text.trim()))
    child.once('exit', (code) => fail(new Error(`the proxy ended with ${String(code)}`)))
  })
  return {
    url: Object.assign(new URL(url), { hostname: '127.0.0.1', port: own }).href,
    [Symbol.dispose]: () => void child.kill(),
  }
}
