import { parseFactId, type Action, type ConstraintPayload, type Fact, type ForeignReference, type RuleContext } from '@yama/schema'
import { identifier, qualified } from '../types/quoted.ts'
import { chosenIndex } from './chosen-index.ts'
import { commentOn, newComment } from './comment.ts'
import { columnList, tableOf } from './names.ts'
import { withParameters } from './storage-options.ts'

/** The last column of a temporal key is a period: its rows may not overlap, and a reference has to be covered. */
function periodList(columns: readonly string[]): string {
  const names = columns.map((column) => identifier(column))
  return `(${[...names.slice(0, -1), `PERIOD ${names.at(-1) ?? ''}`].join(', ')})`
}

function reference({ schema, table, columns, match, onDelete, onUpdate, onDeleteColumns }: ForeignReference, temporal: boolean): string {
  return [
    `REFERENCES ${qualified(schema, table)} ${temporal ? periodList(columns) : columnList(columns)}`,
    ...(match === 'full' ? ['MATCH FULL'] : []),
    ...(onUpdate === 'no action' ? [] : [`ON UPDATE ${onUpdate.toUpperCase()}`]),
    ...(onDelete === 'no action'
      ? []
      : [`ON DELETE ${onDelete.toUpperCase()}${onDeleteColumns === undefined ? '' : ` ${columnList(onDeleteColumns)}`}`]),
  ].join(' ')
}

function body(payload: ConstraintPayload): string {
  const temporal = payload.options['temporal'] === true
  switch (payload.type) {
    case 'primary':
    case 'unique': {
      const word = payload.type === 'primary' ? 'PRIMARY KEY' : payload.nullsNotDistinct === true ? 'UNIQUE NULLS NOT DISTINCT' : 'UNIQUE'
      const include = payload.include === undefined ? '' : ` INCLUDE ${columnList(payload.include)}`
      const space = payload.options['tablespace']
      const columns = temporal ? columnList(payload.columns).replace(/\)$/, ' WITHOUT OVERLAPS)') : columnList(payload.columns)
      return `${word} ${columns}${include}${withParameters(payload.options)}${space === undefined ? '' : ` USING INDEX TABLESPACE ${identifier(String(space))}`}`
    }
    case 'foreign':
      return `FOREIGN KEY ${temporal ? periodList(payload.columns) : columnList(payload.columns)} ${payload.references === undefined ? '' : reference(payload.references, temporal)}`
    case 'check':
      return `CHECK ${parenthesised(payload.expression ?? '')}${payload.noInherit === true ? ' NO INHERIT' : ''}`
    case 'exclusion':
      return `EXCLUDE ${payload.expression ?? ''}`
  }
}

/** The server prints `(a > 0)` with its parentheses, but `is_valid(a)` and `true` without. */
function parenthesised(expression: string): string {
  if (!expression.startsWith('(')) return `(${expression})`
  let depth = 0
  for (let index = 0; index < expression.length; index++) {
    if (expression[index] === '(') depth += 1
    if (expression[index] === ')') depth -= 1
    if (depth === 0) return index === expression.length - 1 ? expression : `(${expression})`
  }
  return `(${expression})`
}

/** `CONSTRAINT name UNIQUE (…) DEFERRABLE`, as `CREATE TABLE` and `ADD` take it. */
export function constraintDefinition(constraint: Fact<'constraint'>): string {
  const { payload } = constraint
  return [
    `CONSTRAINT ${identifier(constraint.name)} ${body(payload)}`,
    ...(payload.deferrable === undefined ? [] : [payload.deferrable === 'deferred' ? 'DEFERRABLE INITIALLY DEFERRED' : 'DEFERRABLE']),
    ...(payload.options['notEnforced'] === true ? ['NOT ENFORCED'] : []),
    ...(payload.notValid === true ? ['NOT VALID'] : []),
  ].join(' ')
}

export function commentTarget(constraint: Fact<'constraint'>): string {
  return `CONSTRAINT ${identifier(constraint.name)} ON ${tableOf(constraint)}`
}

/** What a new constraint has besides its definition. */
export function constraintExtras(constraint: Fact<'constraint'>, context: RuleContext): readonly Action[] {
  return [
    ...newComment(constraint, commentTarget(constraint), constraint.payload.comment),
    ...constraintOptionChanges(constraint, 'add', {}, context),
  ]
}

/** Options of the index behind a constraint which change in place; storage parameters are part of a new one's definition. */
export function constraintOptionChanges(
  constraint: Fact<'constraint'>,
  change: 'add' | 'alter',
  from: ConstraintPayload['options'],
  context: RuleContext,
): readonly Action[] {
  const comment = constraint.payload.options['indexComment']
  const index = qualified(parseFactId(constraint.id).schema, constraint.name)
  return [
    ...chosenIndex(constraint, change, from, context),
    ...(from['indexComment'] === comment
      ? []
      : [commentOn(constraint, change, `INDEX ${index}`, undefined, comment === undefined ? undefined : String(comment))]),
  ]
}
