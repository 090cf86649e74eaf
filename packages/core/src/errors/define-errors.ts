import type { SourcePosition } from '../contract/migration.ts'
import { YamaError } from './yama-error.ts'

/** One catalogue entry. `{name}` holes are filled from the details; forgetting one does not compile. */
export interface ErrorSpec {
  /** What happened, to which object, as a full sentence; says what state the database is in. */
  readonly message: string
  /** The next command or edit. */
  readonly hint: string
  /** One to three sentences for `yama explain` and the error's page: what it means, why it is refused, ways out. */
  readonly explain: string
  /** Exit code of the CLI when this error ends a command; see docs/reference/exit-codes.md. */
  readonly exit: number
}

type Holes<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Holes<Rest> : never
export type ErrorDetails<S extends ErrorSpec> = { readonly [K in Holes<S['message']> | Holes<S['hint']>]: string | number }

export interface ErrorContext {
  readonly cause?: unknown
  readonly position?: SourcePosition | undefined
  readonly data?: unknown
}
export type ErrorFactory<S extends ErrorSpec> = (details: ErrorDetails<S>, context?: ErrorContext) => YamaError
export type ErrorCatalogue<T extends Record<string, ErrorSpec>> = { readonly [K in keyof T]: ErrorFactory<T[K]> } & {
  readonly specs: T
}

const fill = (text: string, details: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{(\w+)\}(\.?)/g, (_, key: string, stop: string) => String(details[key] ?? '').replace(/\.?$/, stop || '$&'))

/**
 * Makes one factory per code. `specs` stays reachable, so that documentation and `yama explain` list every code.
 *
 * @example
 * const errors = defineErrors({ MY_LIMIT: { message: 'Batch of {rows} rows is over the limit.', hint: 'Lower it.', explain: 'Large batches hold locks for long.', exit: 78 } })
 * throw errors.MY_LIMIT({ rows: 5000 })
 */
export function defineErrors<const T extends Record<string, ErrorSpec>>(specs: T): ErrorCatalogue<T> {
  const factories = Object.fromEntries(
    Object.entries(specs).map(([code, spec]) => [
      code,
      (details: Record<string, string | number>, context: ErrorContext = {}) =>
        new YamaError(
          {
            code,
            message: fill(spec.message, details),
            hint: fill(spec.hint, details),
            docs: `docs/errors/${code}.md`,
            details,
            ...(context.position === undefined ? {} : { position: context.position }),
            ...(context.data === undefined ? {} : { data: context.data }),
          },
          context.cause === undefined ? undefined : { cause: context.cause },
        ),
    ]),
  )
  return Object.freeze({ ...factories, specs }) as never
}
