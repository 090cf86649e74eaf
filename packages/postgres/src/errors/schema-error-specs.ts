import type { ErrorSpec } from '@yama/core'

export const schemaErrorSpecs = {
  YAMA_POSTGRES_STILL_DECLARED: {
    message:
      '{child} declares {what} itself, besides having it from its parent, and would have to give that up. PostgreSQL has no statement for it, and a table from which others inherit cannot be made anew. No statement was planned.',
    hint: 'State {what} in {child} as well (`yama pull` writes it), which leaves the table as it is.',
    explain:
      'A child of a table may declare a column or a check of its parent besides inheriting it. It then keeps it when the parent loses it. Who said what is kept by the server, and shown by pg_dump. A child can come to declare a column, but it can give that up only by being made anew with its rows.',
    exit: 1,
  },
} as const satisfies Record<string, ErrorSpec>
