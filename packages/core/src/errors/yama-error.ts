import type { SourcePosition } from '../contract/migration.ts'

export interface YamaErrorInit {
  readonly code: string
  readonly message: string
  readonly hint: string
  readonly docs: string
  readonly details: Readonly<Record<string, string | number>>
  readonly position?: SourcePosition
  /** Machine-readable findings that come with the error, e.g. the decisions that are needed. */
  readonly data?: unknown
}

/** The only error that Yama throws on purpose: a permanent code, a sentence, the next step. */
export class YamaError extends Error {
  override readonly name = 'YamaError'
  readonly isYamaError = true as const
  readonly code: string
  readonly hint: string
  readonly docs: string
  readonly details: YamaErrorInit['details']
  readonly position: SourcePosition | undefined
  readonly data: unknown

  constructor(init: YamaErrorInit, options?: ErrorOptions) {
    super(init.message, options)
    this.code = init.code
    this.hint = init.hint
    this.docs = init.docs
    this.details = init.details
    this.position = init.position
    this.data = init.data
  }

  /** Brand, not instanceof: two copies of core may be installed. */
  static is(value: unknown): value is YamaError {
    return typeof value === 'object' && value !== null && 'isYamaError' in value && value.isYamaError === true
  }
}
