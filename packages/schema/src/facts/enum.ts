/** A native enumeration type. Dialects without one express enums as checks or lookup tables. */
export interface EnumPayload {
  readonly values: readonly string[]
  readonly comment?: string
}
