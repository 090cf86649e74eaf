export interface StartedServer {
  readonly major: string
  readonly url: string
  readonly directory: string
}
export function startPostgres(
  major: string,
  options?: { readonly owner?: number; readonly detached?: boolean; readonly folder?: string },
): Promise<StartedServer>
export function stopPostgres(directory: string): Promise<void>
