import { inlineChildren, type Action, type Fact, type Reason, type Rule, type RuleContext } from '@yama/schema'
import { literal, quoteName } from '../text/names.ts'
import { TABLE_OPTIONS } from '../types/table-options.ts'
import { action, clause, converted, LOCKS, reason, ROUNDS } from './action.ts'
import { dropDefaults } from './drop-default.ts'
import { followRename } from './follow-rename.ts'
import { partitionChange } from './partition-change.ts'
import { renderColumn } from './render-column.ts'
import { renderConstraint, renderIndex } from './render-key.ts'
import { renderOption, renderTable } from './render-table.ts'
import { requireSupported } from './require-supported.ts'
import { periodChange, versioningChange } from './versioning.ts'

export const table: Rule<'table'> = (delta, context) => {
  switch (delta.change) {
    case 'add': {
      const { columns, constraints, produces } = inlineChildren(delta.to, context, (one) => one.payload.type !== 'foreign')
      const indexes = context.children(delta.to.id, 'index', 'after')
      for (const fact of [delta.to, ...columns, ...constraints, ...indexes]) requireSupported(fact, context)
      return [
        action(renderTable({ table: delta.to, columns, constraints, indexes }), `create table ${delta.to.name}`, reason(delta), {
          produces: [...produces, ...indexes.map(({ id }) => id)],
        }),
        ...dropDefaults(columns, reason(delta)),
      ]
    }
    case 'drop':
      return [
        action(`DROP TABLE ${quoteName(delta.from.name)}`, `drop table ${delta.from.name}`, reason(delta), {
          destroys: [delta.id],
          lock: LOCKS.exclusive,
          loss: 'certain',
          loses: `table ${delta.from.name} with its rows`,
          reversibility: 'lossy',
        }),
      ]
    case 'rename':
      return [
        action(
          `RENAME TABLE ${quoteName(delta.from.name)} TO ${quoteName(delta.to.name)}`,
          `rename table ${delta.from.name} to ${delta.to.name}`,
          reason(delta),
          { lock: LOCKS.instant },
        ),
        ...followRename(delta.from, delta.to, context),
      ]
    case 'alter':
      requireSupported(delta.to, context)
      return alter(delta.from, delta.to, delta, context)
  }
}

function alter(from: Fact<'table'>, to: Fact<'table'>, delta: Parameters<Rule<'table'>>[0], context: RuleContext): readonly Action[] {
  const [old, now] = [from.payload.options, to.payload.options]
  const because = reason(delta)
  const changed = TABLE_OPTIONS.filter(({ name }) => old[name] !== now[name])
  const rebuilds = changed.some(({ name }) => name !== 'maxRows' && name !== 'minRows' && !name.startsWith('stats'))
  const set = (sql: string, what: string, more: Partial<Action> = {}): Action =>
    clause(to.id, sql, `change ${what} of table ${to.name}`, because, more)
  const versions = versioningChange(from, to, set, context)
  return [
    ...(from.payload.comment === to.payload.comment
      ? []
      : [set(`COMMENT=${literal(to.payload.comment ?? '')}`, 'comment', { lock: LOCKS.instant })]),
    ...(changed.length === 0
      ? []
      : [
          set(changed.map(({ name }) => renderOption(name, now)).join(', '), changed.map(({ name }) => name).join(', '), {
            rewrite: rebuilds,
            // An engine does not change under versions.
            consumes: versions.flatMap(({ produces }) => produces.filter((id) => id.startsWith('unversioned:'))),
            ...(rebuilds ? { lock: LOCKS.copy } : {}),
          }),
        ]),
    ...(old['keyBlockSize'] === now['keyBlockSize'] ? [] : keysAnew(to, set, context)),
    ...collationChange(from, to, set, because, context),
    ...periodChange(from, to, set),
    ...versions,
    ...partitionChange(from, to, delta),
  ]
}

/**
 * Columns that state no collation follow that of the table, but only when they are told to. What the database has as its own cannot be named: MariaDB
 * knows a word for it, MySQL only converts every column to it, after which those of their own are put back.
 */
function collationChange(
  { payload: from }: Fact<'table'>,
  { payload: to, id, name }: Fact<'table'>,
  set: (sql: string, what: string, more?: Partial<Action>) => Action,
  because: Reason,
  context: RuleContext,
): readonly Action[] {
  const [old, now] = [from.options['collation'], to.options['collation']]
  if (old === now) return []
  const convert = now === undefined && context.server.kind === 'mysql'
  const told = context
    .children(id, 'column', 'after')
    .filter(
      (column) =>
        isText(column) &&
        (convert || column.payload.collation === undefined) &&
        context.before.facts.has(column.id) &&
        !context.deltas.has(column.id),
    )
  const clauses = told.map((column) => `MODIFY COLUMN ${renderColumn(column)}`)
  const defaults = dropDefaults(told, because)
  const target = now === undefined ? 'DEFAULT CHARACTER SET = DEFAULT' : `DEFAULT COLLATE = ${String(now)}`
  const loss: Partial<Action> =
    told.length === 0
      ? { lock: LOCKS.instant }
      : {
          rewrite: true,
          lock: LOCKS.copy,
          loss: 'possible',
          loses: `texts of table ${name} that the new character set does not have`,
          reversibility: 'lossy',
        }
  if (!convert) return [set([target, ...clauses].join(', '), 'character set', loss), ...defaults]
  const first = set('', 'character set to that of the database', loss)
  const { needs: _, ...whole } = first
  return [
    {
      ...whole,
      sql: `ALTER TABLE ${quoteName(name)} CONVERT TO CHARACTER SET DEFAULT`,
      produces: [converted(id)],
      consumes: [ROUNDS.keysGone],
      weight: 17,
    },
    ...(told.length === 0 ? [] : [set(clauses.join(', '), 'character set', loss)]),
    ...defaults,
  ]
}

/** The size of its blocks stays in the statement of each key that was there, until the key is made anew. */
function keysAnew(
  { id }: Fact<'table'>,
  set: (sql: string, what: string, more?: Partial<Action>) => Action,
  { children, before, deltas }: RuleContext,
): readonly Action[] {
  const same = (fact: { readonly id: string }): boolean => before.facts.has(fact.id) && !deltas.has(fact.id)
  const keys = children(id, 'constraint', 'after').filter(
    (one) => same(one) && (one.payload.type === 'primary' || one.payload.type === 'unique'),
  )
  const clauses = [
    ...keys.flatMap((key) => [
      key.payload.type === 'primary' ? 'DROP PRIMARY KEY' : `DROP KEY ${quoteName(key.name)}`,
      `ADD ${renderConstraint(key)}`,
    ]),
    ...children(id, 'index', 'after')
      .filter(same)
      .flatMap((index) => [`DROP KEY ${quoteName(index.name)}`, `ADD ${renderIndex(index)}`]),
  ]
  return clauses.length === 0 ? [] : [set(clauses.join(', '), 'keyBlockSize', { rewrite: true, lock: LOCKS.copy })]
}

export const isText = ({ payload }: Pick<Fact<'column'>, 'payload'>): boolean => /^(?:var)?char\b|text\b|^enum\b|^set\b/i.test(payload.type)
