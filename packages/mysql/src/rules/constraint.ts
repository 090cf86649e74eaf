import { objectId, parseFactId, renamedTexts, type Action, type Fact, type FactId, type Rule, type RuleContext } from '@yama/schema'
import { literal, quoteName } from '../text/names.ts'
import { action, clause, LOCKS, reason, ROUNDS } from './action.ts'
import { keepKeys } from './keep-keys.ts'
import { renderConstraint } from './render-key.ts'
import { requireSupported } from './require-supported.ts'
import { withoutKeyChecks } from './under-settings.ts'
import { visibility } from './visibility.ts'

const WORDS = {
  primary: 'primary key',
  unique: 'unique key',
  foreign: 'foreign key',
  check: 'check',
  exclusion: 'exclusion constraint',
} as const

const speak = ({ name, payload }: Fact<'constraint'>): string =>
  payload.type === 'primary' ? 'primary key' : `${WORDS[payload.type]} ${name}`

/** A table that ever had a full text index has a hidden column of this name, which only a copy is without: `Incorrect index name`. */
const isOfRowNumbers = ({ name, payload }: Fact<'constraint'>): boolean => payload.type === 'unique' && /^FTS_DOC_ID_INDEX$/i.test(name)

const lockOf = (fact: Fact<'constraint'>): string => (isOfRowNumbers(fact) ? LOCKS.copy : usualLock(fact))

const usualLock = ({ payload }: Fact<'constraint'>): string =>
  payload.type === 'unique' ? LOCKS.inplace : payload.type === 'foreign' || payload.type === 'check' ? LOCKS.copy : LOCKS.inplace

/** How a constraint goes away; DROP CONSTRAINT finds checks on both servers, but not on MySQL beside a key of that name. Keys have words of their own. */
function dropClause({ name, payload, parent = '' }: Fact<'constraint'>, { server, children }: RuleContext): string {
  switch (payload.type) {
    case 'primary':
      return 'DROP PRIMARY KEY'
    case 'unique':
      return `DROP KEY ${quoteName(name)}`
    case 'foreign':
      return `DROP FOREIGN KEY ${quoteName(name)}`
    case 'check':
    case 'exclusion': {
      const beside =
        server.kind === 'mysql' && children(parent, 'index', 'before').some((index) => index.name.toLowerCase() === name.toLowerCase())
      return `DROP ${beside ? 'CHECK' : 'CONSTRAINT'} ${quoteName(name)}`
    }
  }
}

/** Rows get the new names of their values between the old check and the new one. */
function renamedValues(
  check: Fact<'constraint'>,
  table: string,
  delta: Parameters<typeof constraint>[0],
  context: RuleContext,
): readonly Action[] {
  const [column, ...others] = context
    .children(check.parent ?? '', 'column', 'after')
    .filter(({ name }) => check.payload.columns.includes(name))
  if (check.payload.type !== 'check' || column === undefined || others.length > 0) return []
  const name = quoteName(column.name)
  const renamed = renamedTexts(column, context)
  if (renamed.length === 0) return []
  const cases = renamed.map(({ old, value }) => `WHEN ${literal(old)} THEN ${literal(value)}`).join(' ')
  const old = renamed.map((one) => literal(one.old)).join(', ')
  return [
    action(
      `UPDATE ${quoteName(table)} SET ${name} = CASE ${name} ${cases} END WHERE ${name} IN (${old})`,
      `rename values of ${column.name} of ${table}`,
      reason(delta),
      { lock: 'row locks', transaction: 'any' },
    ),
  ]
}

/** The table that it refers to is not part of the schema. */
const isDangling = (key: Fact<'constraint'>, { after }: RuleContext): boolean =>
  key.payload.type === 'foreign' && !after.facts.has(targetOf(key))

const targetOf = ({ payload }: Fact<'constraint'>): FactId => objectId('table', '', payload.references?.table ?? '')

export const constraint: Rule<'constraint'> = (delta, context) => {
  const fact = delta.change === 'drop' ? delta.from : delta.to
  const parent = fact.parent ?? ''
  const table = parseFactId(parent).name
  switch (delta.change) {
    case 'add': {
      requireSupported(delta.to, context)
      const values = renamedValues(delta.to, table, delta, context)
      const title = `add ${speak(fact)} to ${table}`
      const add = `ADD ${renderConstraint(delta.to)}${isOfRowNumbers(fact) ? ', ALGORITHM=COPY' : ''}`
      if (isDangling(delta.to, context))
        return withoutKeyChecks(
          action(`ALTER TABLE ${quoteName(table)} ${add}`, title, reason(delta), {
            produces: [delta.id],
            lock: LOCKS.copy,
            consumes: [parent, ROUNDS.tablesDone],
            // Nobody can drop the table while a key points to it.
            after: [targetOf(delta.to)],
            weight: 22,
          }),
        )
      if (values.length === 0) return [clause(parent, add, title, reason(delta), { produces: [delta.id], lock: lockOf(fact) })]
      const together = `renamed values ${delta.id}`
      return [
        ...values.map((one) => ({ ...one, together, consumes: [parent] })),
        action(`ALTER TABLE ${quoteName(table)} ${add}`, title, reason(delta), { produces: [delta.id], lock: LOCKS.copy, together }),
      ]
    }
    case 'drop':
      return [clause(parent, dropClause(fact, context), `drop ${speak(fact)} of ${table}`, reason(delta), { destroys: [delta.id] })]
    case 'rename':
      return rename(delta.from, delta.to, delta, context)
    case 'alter': {
      if (fact.payload.type !== 'check') return [visibility(delta.from, delta.to, reason(delta))]
      const word = delta.to.payload.options['notEnforced'] === true ? 'NOT ENFORCED' : 'ENFORCED'
      return [
        clause(parent, `ALTER CHECK ${quoteName(fact.name)} ${word}`, `make check ${fact.name} ${word.toLowerCase()}`, reason(delta), {
          lock: LOCKS.copy,
        }),
      ]
    }
  }
}

/** Only a key can be renamed as it is. */
function rename(
  from: Fact<'constraint'>,
  to: Fact<'constraint'>,
  delta: Parameters<typeof constraint>[0],
  context: RuleContext,
): readonly Action[] {
  if (from.name === to.name) return []
  const parent = to.parent ?? ''
  const table = parseFactId(parent).name
  const title = `rename ${speak(from)} of ${table} to ${to.name}`
  const alter = (...clauses: readonly string[]): readonly Action[] =>
    clauses.map((sql) => action(`ALTER TABLE ${quoteName(table)} ${sql}`, title, reason(delta), { lock: LOCKS.instant }))
  switch (to.payload.type) {
    case 'primary':
      return []
    case 'unique':
      return alter(`RENAME KEY ${quoteName(from.name)} TO ${quoteName(to.name)}`)
    case 'foreign':
      // One statement with both clauses is refused on MariaDB: the name is looked up before the old one is gone.
      return alter(dropClause(from, context), [...keepKeys(parent, [to.id], context), `ADD ${renderConstraint(to)}`].join(', '))
    case 'check':
    case 'exclusion':
      return alter(`${dropClause(from, context)}, ADD ${renderConstraint(to)}`)
  }
}
