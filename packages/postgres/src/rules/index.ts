import type { Action, Fact, FactId, Rule, RuleContext } from '@yama/schema'
import { identifier, qualified } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { foundByNew, namesOfNewIndex, ownKeysBehind } from './attached-names.ts'
import { chosenIndex } from './chosen-index.ts'
import { commentOn, newComment } from './comment.ts'
import { createIndex } from './index-definition.ts'
import { indexStatistics } from './index-statistics.ts'
import { objectName, spokenTable } from './names.ts'
import { renameObject } from './rename.ts'
import { parameterChanges } from './storage-options.ts'

function dropIndex(index: Fact<'index'>, name: string, context: RuleContext): readonly Action[] {
  const behind = ownKeysBehind(index, context)
  const [going, staying] = [behind.filter(([, key]) => context.isDropped(key.id)), behind.filter(([, key]) => !context.isDropped(key.id))]
  const step = (sql: string, destroys: readonly FactId[]): Action =>
    action(index, 'drop', {
      sql,
      title: `drop index ${index.name} of ${spokenTable(index)}`,
      destroys,
      lock: 'ACCESS EXCLUSIVE',
      ...(staying.length === 0 ? {} : { together: `drop ${index.id}` }),
    })
  const partition = ({ id, payload }: Fact<'table'>, verb: string): string =>
    `ALTER TABLE ${objectName(payload.partitionOf?.table ?? '')} ${verb} PARTITION ${objectName(id)}`
  return [
    ...staying.map(([table]) => step(partition(table, 'DETACH'), [])),
    step(`DROP INDEX ${name}${going.length === 0 ? '' : ' CASCADE'}`, [index.id, ...going.map(([, key]) => key.id)]),
    ...staying.map(([table]) => step(`${partition(table, 'ATTACH')} ${table.payload.partitionOf?.bound ?? ''}`, [])),
  ]
}

export const indexRule: Rule<'index'> = (delta, context) => {
  const fact = delta.change === 'drop' ? delta.from : delta.to
  const name = qualified(fact.schema, fact.name)
  switch (delta.change) {
    case 'add':
      return [
        action(delta.to, 'add', {
          sql: createIndex(delta.to),
          title: `create index ${delta.to.name} on ${spokenTable(delta.to)}`,
          produces: [delta.id],
          consumes: foundByNew(delta.to, context),
          lock: 'SHARE',
        }),
        ...namesOfNewIndex(delta.to, context),
        ...newComment(delta.to, `INDEX ${name}`, delta.to.payload.comment),
        ...chosenIndex(delta.to, 'add', {}, context),
        ...indexStatistics(delta.to, 'add', undefined),
      ]
    case 'drop':
      return dropIndex(delta.from, name, context)
    case 'rename':
      return renameObject('INDEX', { ...delta.from, schema: delta.to.schema }, delta.to).map((one) => ({
        ...one,
        lock: 'SHARE UPDATE EXCLUSIVE',
      }))
    case 'alter': {
      const { from, to } = delta
      const space = to.payload.options['tablespace']
      return [
        ...parameterChanges(from.payload.options, to.payload.options).map((clause) =>
          action(
            to,
            'alter',
            { sql: `ALTER INDEX ${name} ${clause}`, title: `alter index ${to.name}`, lock: 'SHARE UPDATE EXCLUSIVE' },
            changed('options', from.payload.options, to.payload.options),
          ),
        ),
        ...(from.payload.options['tablespace'] === space
          ? []
          : [
              action(
                to,
                'alter',
                {
                  sql: `ALTER INDEX ${name} SET TABLESPACE ${identifier(String(space ?? 'pg_default'))}`,
                  title: `move index ${to.name}`,
                  lock: 'ACCESS EXCLUSIVE',
                  rewrite: true,
                },
                changed('tablespace', from.payload.options['tablespace'], space),
              ),
            ]),
        ...chosenIndex(to, 'alter', from.payload.options, context),
        ...indexStatistics(to, 'alter', from.payload.options['statistics']),
        ...(from.payload.comment === to.payload.comment
          ? []
          : [commentOn(to, 'alter', `INDEX ${name}`, from.payload.comment, to.payload.comment)]),
      ]
    }
  }
}
