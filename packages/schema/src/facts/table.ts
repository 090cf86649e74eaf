import type { KindFile } from './kind-file.ts'

/** A table without its columns: those are facts of their own. */
export interface TablePayload {
  readonly comment?: string
  /** What only this dialect knows, as the server prints it: `strict`, `withoutRowid`, `autoincrement`, `unlogged`, `fillfactor`. */
  readonly options: Readonly<Record<string, string | boolean>>
}

export const tableKind: KindFile<'table'> = {
  rename: (fact) => fact.payload,
  mentions: () => [],
  check: () => [],
}
