import type { MigrationRow } from '../contract/history.ts'

/** What `HistoryStore.body` gives for a row that was read; undefined where the text was not stored. */
export function bodyOf({ body, downBody }: Partial<MigrationRow>): { readonly body: string; readonly downBody?: string } | undefined {
  return body === undefined ? undefined : { body, ...(downBody === undefined ? {} : { downBody }) }
}
