import { parseFactId, renamedTexts, type Action, type Fact, type Rule, type RuleContext } from '@yama/schema'
import { identifier, literal, qualified } from '../types/quoted.ts'
import { action, changed, type Lock } from './action.ts'
import { goesWithIndex, foundByNew, namesOfNewIndex } from './attached-names.ts'
import { commentOn } from './comment.ts'
import { commentTarget, constraintDefinition, constraintExtras, constraintOptionChanges } from './constraint-definition.ts'
import { addBesideParents, dropsBelow, giveUpCheck, goesAfterParents, isRenamedAbove } from './inherited-check.ts'
import { namesOfNewForeignKey } from './partition-members.ts'
import { spokenTable, tableOf } from './names.ts'
import { parameterChanges } from './storage-options.ts'

const WORDS = {
  primary: 'primary key',
  unique: 'unique constraint',
  foreign: 'foreign key',
  check: 'check',
  exclusion: 'exclusion constraint',
} as const

const speak = (fact: Fact<'constraint'>): string => `${WORDS[fact.payload.type]} ${fact.name}`

const lockOf = (fact: Fact<'constraint'>): Lock => (fact.payload.type === 'foreign' ? 'SHARE ROW EXCLUSIVE' : 'ACCESS EXCLUSIVE')

/** The only attributes that change while the constraint stays; `replaces` sees to all the others. */
function alterInPlace(from: Fact<'constraint'>, to: Fact<'constraint'>, context: RuleContext): readonly Action[] {
  const table = tableOf(to)
  const name = identifier(to.name)
  const title = `alter ${speak(to)} of ${spokenTable(to)}`
  const deferrable = { immediate: 'DEFERRABLE INITIALLY IMMEDIATE', deferred: 'DEFERRABLE INITIALLY DEFERRED' } as const
  const index = qualified(parseFactId(to.id).schema, to.name)
  return [
    ...(from.payload.deferrable === to.payload.deferrable
      ? []
      : [
          action(
            to,
            'alter',
            {
              sql: `ALTER TABLE ${table} ALTER CONSTRAINT ${name} ${to.payload.deferrable === undefined ? 'NOT DEFERRABLE' : deferrable[to.payload.deferrable]}`,
              title,
              lock: 'ACCESS EXCLUSIVE',
            },
            changed('deferrable', from.payload.deferrable, to.payload.deferrable),
          ),
        ]),
    ...(from.payload.notValid === true && to.payload.notValid === undefined
      ? [
          action(
            to,
            'alter',
            {
              sql: `ALTER TABLE ${table} VALIDATE CONSTRAINT ${name}`,
              title: `validate ${speak(to)} of ${spokenTable(to)}`,
              lock: 'SHARE UPDATE EXCLUSIVE',
            },
            changed('notValid', true, undefined),
          ),
        ]
      : []),
    ...parameterChanges(from.payload.options, to.payload.options).map((clause) =>
      action(
        to,
        'alter',
        { sql: `ALTER INDEX ${index} ${clause}`, title, lock: 'SHARE UPDATE EXCLUSIVE' },
        changed('options', from.payload.options, to.payload.options),
      ),
    ),
    ...constraintOptionChanges(to, 'alter', from.payload.options, context),
    ...(from.payload.comment === to.payload.comment
      ? []
      : [commentOn(to, 'alter', commentTarget(to), from.payload.comment, to.payload.comment)]),
  ]
}

/** Rows get the new names of their values after the old check is gone and before the new one comes. */
function renameValues(check: Fact<'constraint'>, context: RuleContext): readonly Action[] {
  const [column, ...others] = context
    .children(check.parent ?? '', 'column', 'after')
    .filter(({ name }) => check.payload.columns.includes(name))
  if (check.payload.type !== 'check' || column === undefined || others.length > 0) return []
  const name = identifier(column.name)
  return renamedTexts(column, context).map(({ old, value }) =>
    action(
      check,
      'add',
      {
        sql: `UPDATE ${tableOf(check)} SET ${name} = ${literal(value)} WHERE ${name} = ${literal(old)}`,
        title: `rename value ${old} of ${column.name} of ${spokenTable(check)} to ${value}`,
        lock: 'ROW EXCLUSIVE',
        together: `renamed values ${check.id}`,
      },
      changed('values', old, value),
    ),
  )
}

export const constraintRule: Rule<'constraint'> = (delta, context) => {
  switch (delta.change) {
    case 'add': {
      const beside = addBesideParents(delta.to, context)
      if (beside !== undefined) return beside
      const renamed = renameValues(delta.to, context)
      const only = delta.to.payload.options['only'] === true ? 'ONLY ' : ''
      const sql = `ALTER TABLE ${only}${tableOf(delta.to)} ADD ${constraintDefinition(delta.to)}`
      return [
        ...renamed,
        action(delta.to, 'add', {
          ...(renamed.length === 0 ? {} : { together: `renamed values ${delta.id}` }),
          sql,
          title: `add ${speak(delta.to)} to ${spokenTable(delta.to)}`,
          produces: [delta.id],
          consumes: foundByNew(delta.to, context),
          lock: lockOf(delta.to),
        }),
        ...(delta.to.payload.type === 'foreign' ? namesOfNewForeignKey(delta.to, context) : namesOfNewIndex(delta.to, context)),
        ...constraintExtras(delta.to, context),
      ]
    }
    case 'drop': {
      if (goesWithIndex(delta.from, context) || goesAfterParents(delta.from, context)) return []
      const givenUp = giveUpCheck(delta.from, context)
      if (givenUp !== undefined) return givenUp
      const below = dropsBelow(delta.from, context)
      return [delta.from, ...below].map((each) =>
        action(delta.from, 'drop', {
          sql: `ALTER TABLE ${tableOf(each)} DROP CONSTRAINT ${identifier(each.name)}`,
          title: `drop ${speak(each)} of ${spokenTable(each)}`,
          destroys: [each.id],
          lock: 'ACCESS EXCLUSIVE',
          ...(below.length === 0 ? {} : { together: `drop ${delta.id}` }),
        }),
      )
    }
    case 'rename': {
      if (delta.from.name === delta.to.name || isRenamedAbove(delta.to, context)) return []
      const sql = `ALTER TABLE ${tableOf(delta.to)} RENAME CONSTRAINT ${identifier(delta.from.name)} TO ${identifier(delta.to.name)}`
      return [
        action(
          delta.to,
          'rename',
          { sql, title: `rename ${speak(delta.from)} to ${delta.to.name}`, lock: 'ACCESS EXCLUSIVE' },
          changed('name', delta.from.name, delta.to.name),
        ),
      ]
    }
    case 'alter':
      return alterInPlace(delta.from, delta.to, context)
  }
}
