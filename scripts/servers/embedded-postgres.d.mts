export interface StartedServer {
  readonly major: string
  readonly url: string
  readonly directory: string
  /** Where its binaries are. */
  readonly native: string
  /** Brings a server back whose processes were all killed, on the same port. */
  readonly restart: () => Promise<void>
  readonly pid: () => number | undefined
}
export function startPostgres(
  major: string,
  options?: {
    readonly owner?: number
    readonly detached?: boolean
    readonly durable?: boolean
    readonly folder?: string
    readonly settings?: Readonly<Record<string, string>>
  },
): Promise<StartedServer>
/** Starts a server that follows a primary which was just started and to which nobody has written yet. */
export function startStandby(primary: StartedServer, options?: { readonly owner?: number }): Promise<StartedServer>
export function stopPostgres(directory: string): Promise<void>
