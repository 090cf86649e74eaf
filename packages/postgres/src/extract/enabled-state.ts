/** When a trigger or rule fires, as the catalogues write it; `O` is the usual. */
export type EnabledState = 'O' | 'D' | 'R' | 'A'

export const ENABLED = { O: undefined, D: 'disabled', R: 'replica', A: 'always' } as const satisfies Record<
  EnabledState,
  string | undefined
>
