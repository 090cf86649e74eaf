export interface StartedServer {
  readonly kind: 'mysql' | 'mariadb'
  readonly url: string
  readonly directory: string
  /** Brings a server back that was killed, on the same port. */
  readonly restart: () => Promise<void>
  readonly pid: () => number | undefined
}
export function startMysql(
  kind: 'mysql' | 'mariadb',
  options?: { readonly owner?: number; readonly detached?: boolean; readonly durable?: boolean; readonly settings?: readonly string[] },
): Promise<StartedServer>
export function stopMysql(directory: string): Promise<void>
