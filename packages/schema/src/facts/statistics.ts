import type { KindFile } from './kind-file.ts'

/** An extended statistics object. */
export interface StatisticsPayload {
  /** The whole statement that makes it, as the server prints it; in desired facts, as written. */
  readonly definition: string
  /** Only where it is not the server's default. */
  readonly target?: string
  readonly comment?: string
}

export const statisticsKind: KindFile<'statistics'> = {
  rename({ payload, dependsOn }, names) {
    const definition = names.text(payload.definition, dependsOn)
    return definition === payload.definition ? payload : { ...payload, definition }
  },
  mentions: () => [],
  check: () => [],
}
