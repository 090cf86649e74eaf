import type { Expression } from '../../contract/expression.ts'
import type { PortableType } from '../../contract/type-mapping.ts'

/** What one database says in its own way. */
export interface ExpressionSyntax {
  /** A function by its name in lower case; undefined where other databases do not know it. */
  call(name: string, given: readonly Expression[], distinct: boolean): Expression | undefined
  /** The word alone: `current_timestamp`. */
  word(name: string): Expression | undefined
  /** A type as it stands in a cast. */
  type(sql: string): PortableType | undefined
  /** An operator that is not one of `BinaryOperator`; undefined where nobody else has it. */
  operation(operator: string, left: Expression, right: Expression): Expression | undefined
  /** `||` is "or" (MySQL). */
  readonly barsAreOr: boolean
  /** `LIKE` does not tell letters of different case apart. */
  readonly likeIgnoresCase: boolean
}
