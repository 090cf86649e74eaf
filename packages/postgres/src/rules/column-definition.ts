import { parseFactId, type Fact, type RuleContext } from '@yama/schema'
import { collationName, identifier, literal, qualified } from '../types/quoted.ts'
import { defaultSequenceName } from '../types/default-name.ts'
import { inheritedColumn } from './column-state.ts'
import { isSpecialNotNull, isUntried, notNullClause } from './not-null.ts'
import { sequenceOf } from './owned-sequences.ts'
import { identityNumbers, newSequenceClauses } from './sequence-options.ts'

const SERIAL: Readonly<Record<string, string>> = { smallint: 'smallserial', integer: 'serial', bigint: 'bigserial' }

/** True where the word `serial` says everything: any other one needs its sequence made by hand. */
export function isPlainSerial({ payload }: Fact<'column'>): boolean {
  const { identity } = payload
  return identity?.mode === 'serial' && payload.notNull && Object.keys(identity).length === 1 && SERIAL[payload.type] !== undefined
}

/** `nextval('public.users_id_seq'::regclass)` for a serial column that is made by hand. */
export function nextValue(column: Fact<'column'>): string {
  const { schema, name } = sequenceOf(column)
  return `nextval(${literal(qualified(schema, name))}::regclass)`
}

/** `GENERATED ALWAYS AS IDENTITY (START WITH 10)`. */
export function identityClause(column: Fact<'column'>): string {
  const { identity, type } = column.payload
  if (identity === undefined) return ''
  const { schema, name } = sequenceOf(column)
  const table = parseFactId(column.id).table ?? ''
  const clauses = [
    ...(name === defaultSequenceName(table, column.name) ? [] : [`SEQUENCE NAME ${qualified(schema, name)}`]),
    ...newSequenceClauses(identityNumbers(identity, type), type),
  ]
  return `GENERATED ${identity.mode === 'always' ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY${clauses.length === 0 ? '' : ` (${clauses.join(' ')})`}`
}

/** Before 16 a child that declares a generated column of its parent has the expression from there, and may not say it. */
const isSaidAbove = (column: Fact<'column'>, { after, server }: RuleContext): boolean =>
  server.major < 16 && inheritedColumn(column, after)?.payload.generated?.expression === column.payload.generated?.expression

function valueClause(column: Fact<'column'>, context: RuleContext): string {
  const { payload } = column
  if (payload.generated !== undefined && isSaidAbove(column, context)) return ''
  if (payload.generated !== undefined)
    return ` GENERATED ALWAYS AS (${stripped(payload.generated.expression)})${payload.generated.stored ? ' STORED' : ' VIRTUAL'}`
  if (payload.identity?.mode === 'serial') return isPlainSerial(column) ? '' : ` DEFAULT ${nextValue(column)}`
  if (payload.identity !== undefined) return ` ${identityClause(column)}`
  return payload.default === undefined ? '' : ` DEFAULT ${payload.default}`
}

/** The server prints expressions in parentheses of their own; one pair is enough. */
function stripped(expression: string): string {
  if (!expression.startsWith('(') || !expression.endsWith(')')) return expression
  let depth = 0
  for (let index = 0; index < expression.length; index++) {
    const character = expression[index]
    // A quote may hide parentheses, so then nothing is taken away.
    if (character === "'" || character === '"') return expression
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (depth === 0 && index < expression.length - 1) return expression
  }
  return expression.slice(1, -1)
}

/** A column as `CREATE TABLE` and `ADD COLUMN` take it. What has no clause there follows by itself, see `column-options.ts`. */
export function columnDefinition(column: Fact<'column'>, context: RuleContext): string {
  const { payload } = column
  const type = isPlainSerial(column) ? (SERIAL[payload.type] ?? payload.type) : payload.type
  const storage = payload.options['storage']
  const compression = payload.options['compression']
  return [
    `${identifier(column.name)} ${type}`,
    ...(storage === undefined || context.server.major < 16 ? [] : [` STORAGE ${String(storage).toUpperCase()}`]),
    ...(compression === undefined ? [] : [` COMPRESSION ${String(compression)}`]),
    ...(payload.collation === undefined ? [] : [` COLLATE ${collationName(payload.collation)}`]),
    valueClause(column, context),
    isUntried(column, context) || (impliesNotNull(column) && !isSpecialNotNull(column)) ? '' : notNullClause(column, context),
  ].join('')
}

const impliesNotNull = (column: Fact<'column'>): boolean =>
  isPlainSerial(column) || (column.payload.identity !== undefined && column.payload.identity.mode !== 'serial')
