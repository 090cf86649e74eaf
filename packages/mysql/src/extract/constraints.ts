import { memberId, statedNoAction, type ConstraintPayload, type Fact, type ReferentialAction } from '@yama/schema'
import { backticked } from '../text/names.ts'
import { mentionedColumns } from './columns.ts'
import type { ParsedForeignKey, ParsedKey, ParsedKeyPart, ParsedTable } from './parsed-table.ts'
import type { TableModel } from './table-model.ts'

type Stated = Pick<ConstraintPayload, 'type' | 'columns'> & Partial<ConstraintPayload>

/** Keys, foreign keys and checks. A unique key of plain columns is a constraint, for that is what it was most likely meant as. */
export function constraintFacts(table: TableModel): readonly Fact<'constraint'>[] {
  const { keys, foreignKeys, checks } = table.parsed
  const found: readonly (readonly [name: string, stated: Stated])[] = [
    ...keys.filter((key) => isConstraint(key, table.parsed)).map((key) => [key.name, keyPayload(key)] as const),
    ...foreignKeys.filter(({ database }) => database === '').map((key) => [key.name, referencePayload(key)] as const),
    ...checks.map(
      ({ name, expression, enforced }) =>
        [
          name,
          {
            type: 'check',
            columns: mentionedColumns(table, expression),
            expression,
            options: enforced ? {} : { notEnforced: true },
          },
        ] as const,
    ),
  ]
  return found.map(([name, stated], position) => ({
    kind: 'constraint',
    id: memberId('constraint', '', table.name, name),
    schema: '',
    name,
    parent: table.id,
    payload: { named: true, options: {}, ...stated },
    dependsOn: [],
    position,
  }))
}

/** What a key may say besides its columns. */
const KEY_OPTIONS: ReadonlySet<string> = new Set(['using', 'invisible', 'ignored', 'withoutOverlaps'])

/** True where a key says nothing that only an index can say, and no other constraint of the table has its name. */
export function isConstraint(
  { kind, name, parts, options }: ParsedKey,
  { foreignKeys, checks }: Pick<ParsedTable, 'foreignKeys' | 'checks'>,
): boolean {
  if (kind === 'primary' || options['withoutOverlaps'] !== undefined) return true
  if ([...foreignKeys, ...checks].some((other) => other.name.toLowerCase() === name.toLowerCase())) return false
  const plain = parts.every((part) => part.column !== undefined && part.prefixLength === undefined && !part.descending)
  return kind === 'unique' && plain && Object.keys(options).every((option) => KEY_OPTIONS.has(option))
}

function keyPayload({ kind, parts, options, comment }: ParsedKey): Stated {
  const modified = parts.some((part) => part.prefixLength !== undefined || part.descending)
  return {
    type: kind === 'primary' ? 'primary' : 'unique',
    columns: parts.map((part) => part.column ?? ''),
    ...(comment === undefined ? {} : { comment }),
    options: { ...options, ...(modified ? { keys: parts.map(printPart).join(', ') } : {}) },
  }
}

/** `` `a`(10) DESC ``: a part of a primary key that says more than its column. */
const printPart = ({ column = '', prefixLength, descending }: ParsedKeyPart): string =>
  `${backticked(column)}${prefixLength === undefined ? '' : `(${String(prefixLength)})`}${descending ? ' DESC' : ''}`

function referencePayload(key: ParsedForeignKey): Stated {
  return {
    type: 'foreign',
    columns: key.columns,
    references: {
      schema: '',
      table: key.table,
      columns: key.target,
      onDelete: actionOf(key.onDelete),
      onUpdate: actionOf(key.onUpdate),
      ...statedNoAction(key.onDelete === 'no action', key.onUpdate === 'no action'),
    },
  }
}

/** MySQL prints RESTRICT where it was said and leaves NO ACTION out; MariaDB, to which both are one too, prints NO ACTION and leaves RESTRICT out. */
const actionOf = (printed: string): ReferentialAction => (printed === '' ? 'no action' : (printed as ReferentialAction))
