import { parseFactId, type Action, type Fact, type Reason } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { action, clause, LOCKS, ROUNDS } from './action.ts'

/** What takes the default NULL away from the columns that shall have none, behind the statement that states them: it cannot say that, nor stand with what does. */
export const dropDefaults = (columns: readonly Fact<'column'>[], because: Reason): readonly Action[] =>
  columns.filter(hasNoDefault).map((column) =>
    action(`ALTER TABLE ${quoteName(parseFactId(column.parent ?? '').name)} ${dropping(column)}`, titleOf(column), because, {
      lock: LOCKS.instant,
      consumes: [column.id, ROUNDS.tablesDone],
      weight: 18,
    }),
  )

/** The same where nothing else of the column changes. */
export const dropDefaultOnly = (column: Fact<'column'>, because: Reason): Action =>
  clause(column.parent ?? '', dropping(column), titleOf(column), because, { lock: LOCKS.instant })

export const hasNoDefault = ({ payload }: Fact<'column'>): boolean => payload.options['noDefault'] === true

const dropping = ({ name }: Fact<'column'>): string => `ALTER COLUMN ${quoteName(name)} DROP DEFAULT`
const titleOf = ({ name, parent = '' }: Fact<'column'>): string => `column ${name} of ${parseFactId(parent).name} has no default`
