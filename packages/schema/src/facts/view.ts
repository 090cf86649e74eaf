import type { KindFile } from './kind-file.ts'

export interface ViewColumn {
  readonly name: string
  readonly type: string
  readonly comment?: string
  /** What an INSERT into the view takes where it says nothing. */
  readonly default?: string
  /** Of a materialized view: `storage`, `compression`, `statistics`, `attributes`. */
  readonly options?: Readonly<Record<string, string | boolean>>
}

/** A view or materialized view. */
export interface ViewPayload {
  /** The SELECT as the server prints it. */
  readonly query: string
  readonly materialized: boolean
  /** Output columns in order, where the server says so. */
  readonly columns: readonly ViewColumn[]
  readonly comment?: string
  /** `security_invoker`, `security_barrier`, `check_option`. */
  readonly options: Readonly<Record<string, string | boolean>>
}

export const viewKind: KindFile<'view'> = {
  rename({ payload, dependsOn }, names) {
    const query = names.text(payload.query, dependsOn)
    const columns = payload.columns.map((column) =>
      column.default === undefined ? column : { ...column, default: names.text(column.default, []) },
    )
    return { ...payload, query, columns }
  },
  mentions: () => [],
  check: () => [],
}
