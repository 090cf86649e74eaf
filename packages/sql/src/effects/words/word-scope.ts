import type { StatementEffects } from '@yama/core'
import type { LexerRules } from '../../lexer/lexer-rules.ts'
import type { EffectBuilder } from '../effect-builder.ts'
import type { Word } from './words.ts'

/** What a reader of one kind of statement works with. */
export interface WordScope {
  readonly build: EffectBuilder
  readonly rules: LexerRules
  /** Nothing that follows asks how many rows there were: it is no body. */
  readonly rowwise: boolean
  /** The effects of other words, such as a statement in a body. */
  readonly inside: (words: readonly Word[]) => StatementEffects
  /** The same with a builder of its own. */
  readonly nested: () => WordScope
}
