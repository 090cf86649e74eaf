import type { StatementEffects } from '@yama/core'
import type { EffectBuilder } from '@yama/sql'
import type { Fields } from './ast.ts'
import type { Parser } from './load-parser.ts'

/** What a reader of one kind of statement works with. */
export interface EffectScope {
  readonly build: EffectBuilder
  readonly parser: Parser
  /** The effects of another text, such as a function's body. */
  readonly inside: (sql: string) => StatementEffects
  /** The same with a builder of its own, for what happens later. */
  readonly nested: () => EffectScope
  /** Nothing that follows asks how many rows there were: it is no body. */
  readonly rowwise: boolean
  /** The statement as written. */
  readonly sql: string
}

/** Reads one kind of statement. */
export type EffectReader = (fields: Fields, scope: EffectScope) => void
