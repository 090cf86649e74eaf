import type { KindFile } from './kind-file.ts'

/** A view or materialized view. */
export interface ViewPayload {
  /** The SELECT as the server prints it. */
  readonly query: string
  readonly materialized: boolean
  /** Output columns in order, where the server says so. */
  readonly columns: readonly { readonly name: string; readonly type: string; readonly comment?: string }[]
  readonly comment?: string
  /** `security_invoker`, `security_barrier`, `check_option`. */
  readonly options: Readonly<Record<string, string | boolean>>
}

export const viewKind: KindFile<'view'> = {
  rename({ payload, dependsOn }, names) {
    const query = names.text(payload.query, dependsOn)
    return query === payload.query ? payload : { ...payload, query }
  },
  mentions: () => [],
  check: () => [],
}
