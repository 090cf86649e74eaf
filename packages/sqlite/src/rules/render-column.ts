import type { Fact } from '@yama/schema'
import { renderType } from '../text/canonical-type.ts'
import { significant } from '../text/tokens.ts'
import { quoteName } from '../text/names.ts'
import { strictType } from '../types/strict-type.ts'

export interface ColumnContext {
  readonly strict: boolean
  /** What follows the type for the column of an inline primary key. */
  readonly primary?: string
  /** Constraints that stand behind the column in ADD COLUMN. */
  readonly constraints?: readonly string[]
}

/** `name TYPE …` as it stands in CREATE TABLE and ADD COLUMN. */
export function renderColumn({ name, payload }: Fact<'column'>, context: ColumnContext): string {
  // Only the exact word makes a column the rowid: `BIGINT PRIMARY KEY` numbers nothing.
  const type = payload.identity === undefined ? payload.type : 'INTEGER'
  const conflict = payload.options['onConflict']
  const parts = [
    quoteName(name),
    context.strict ? strictType(type) : renderType(type),
    context.primary ?? '',
    // INTEGER PRIMARY KEY is never NULL and is written without it, as everyone does.
    payload.notNull && !(payload.identity !== undefined && context.primary !== undefined)
      ? `NOT NULL${conflict === undefined ? '' : ` ON CONFLICT ${String(conflict).toUpperCase()}`}`
      : '',
    payload.default === undefined ? '' : `DEFAULT ${renderDefault(payload.default)}`,
    payload.collation === undefined ? '' : `COLLATE ${quoteName(payload.collation)}`,
    payload.generated === undefined
      ? ''
      : `GENERATED ALWAYS AS (${payload.generated.expression}) ${payload.generated.stored ? 'STORED' : 'VIRTUAL'}`,
    ...(context.constraints ?? []),
  ]
  return parts.filter((part) => part !== '').join(' ')
}

/** A value that SQLite takes without brackets: a literal, a signed number, one word such as CURRENT_TIMESTAMP. */
export function isLiteralDefault(expression: string): boolean {
  const tokens = significant(expression)
  if (tokens.length === 1) return true
  return tokens.length === 2 && (tokens[0]?.text === '-' || tokens[0]?.text === '+') && tokens[1]?.kind === 'number'
}

/** A default that ADD COLUMN takes for rows which are there already: the same for all of them. */
export const isConstantDefault = (expression: string): boolean => isLiteralDefault(expression) && !/^CURRENT_/i.test(expression)

const renderDefault = (expression: string): string => (isLiteralDefault(expression) ? expression : `(${expression})`)
