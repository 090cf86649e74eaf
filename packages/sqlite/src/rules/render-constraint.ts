import type { Fact, ReferentialAction } from '@yama/schema'
import { isUnnamed } from '../extract/constraint-name.ts'
import { quoteName, quoteNames } from '../text/names.ts'

/** `CONSTRAINT name ` where it has one. */
const prefix = ({ name, payload }: Fact<'constraint'>): string => (isUnnamed(name, payload) ? '' : `CONSTRAINT ${quoteName(name)} `)

const conflict = ({ payload }: Fact<'constraint'>): string =>
  payload.options['onConflict'] === undefined ? '' : ` ON CONFLICT ${String(payload.options['onConflict']).toUpperCase()}`

/** A constraint as a line of CREATE TABLE. */
export function renderTableConstraint(fact: Fact<'constraint'>): string {
  const { payload } = fact
  const keys = typeof payload.options['keys'] === 'string' ? payload.options['keys'] : quoteNames(payload.columns)
  switch (payload.type) {
    case 'primary':
      return `${prefix(fact)}PRIMARY KEY (${keys})${conflict(fact)}`
    case 'unique':
      return `${prefix(fact)}UNIQUE (${keys})${conflict(fact)}`
    case 'foreign':
      return `${prefix(fact)}FOREIGN KEY (${keys}) ${renderReference(fact)}`
    case 'check':
    case 'exclusion':
      return `${prefix(fact)}CHECK (${payload.expression ?? ''})`
  }
}

/** A primary key behind its column: the only place where AUTOINCREMENT may stand, and where DESC keeps its meaning. */
export function renderInlinePrimary(fact: Fact<'constraint'>, autoincrement: boolean): string {
  const descending = String(fact.payload.options['keys'] ?? '').endsWith(' DESC')
  return `${prefix(fact)}PRIMARY KEY${descending ? ' DESC' : ''}${conflict(fact)}${autoincrement ? ' AUTOINCREMENT' : ''}`
}

/** A foreign key or check behind a new column. */
export function renderInlineConstraint(fact: Fact<'constraint'>): string {
  return prefix(fact) + (fact.payload.type === 'foreign' ? renderReference(fact) : `CHECK (${fact.payload.expression ?? ''})`)
}

function renderReference({ payload }: Fact<'constraint'>): string {
  const { references, deferrable } = payload
  if (references === undefined) return ''
  const action = (event: string, kind: ReferentialAction): string => (kind === 'no action' ? '' : ` ON ${event} ${kind.toUpperCase()}`)
  return [
    `REFERENCES ${quoteName(references.table)}`,
    references.columns.length === 0 ? '' : ` (${quoteNames(references.columns)})`,
    action('DELETE', references.onDelete),
    action('UPDATE', references.onUpdate),
    references.match === undefined ? '' : ' MATCH FULL',
    deferrable === undefined ? '' : ` DEFERRABLE INITIALLY ${deferrable === 'deferred' ? 'DEFERRED' : 'IMMEDIATE'}`,
  ].join('')
}
