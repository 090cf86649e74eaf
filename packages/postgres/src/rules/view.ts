import {
  dependentsOf,
  type Action,
  type Fact,
  type FactBase,
  type FactId,
  type Rule,
  type RuleContext,
  type ViewPayload,
} from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action, changed, type ActionParts } from './action.ts'
import { commentOn, newComment } from './comment.ts'
import { objectName, spoken } from './names.ts'
import { renameObject } from './rename.ts'
import { parameterChanges, withParameters } from './storage-options.ts'
import { viewColumns } from './view-columns.ts'

const wordOf = (payload: ViewPayload): string => (payload.materialized ? 'MATERIALIZED VIEW' : 'VIEW')

/** True where another one reads it as soon as that is made, which the server refuses while this one holds nothing. */
const isReadAtOnce = (view: FactId, base: FactBase): boolean =>
  dependentsOf(base, view).some((id) => {
    const reader = base.facts.get(id)
    if (reader?.kind !== 'view') return false
    return reader.payload.materialized ? reader.unfilled !== true : isReadAtOnce(id, base)
  })

function createSql({ id, payload, unfilled }: Fact<'view'>, orReplace: boolean, base: FactBase): string {
  const method = payload.options['accessMethod']
  const space = payload.options['tablespace']
  return [
    `CREATE ${orReplace ? 'OR REPLACE ' : ''}${wordOf(payload)} ${objectName(id)}${method === undefined ? '' : ` USING ${identifier(String(method))}`}${withParameters(payload.options)}`,
    ...(space === undefined ? [] : [` TABLESPACE ${identifier(String(space))}`]),
    ` AS\n${payload.query}`,
    ...(unfilled === true && payload.materialized && !isReadAtOnce(id, base) ? ['\nWITH NO DATA'] : []),
  ].join('')
}

/** The server takes new columns at the end, and nothing else. */
export function canReplace(from: ViewPayload, to: ViewPayload): boolean {
  if (from.materialized || to.materialized) return false
  return from.columns.every((column, index) => column.name === to.columns[index]?.name && column.type === to.columns[index]?.type)
}

function alterView(from: Fact<'view'>, to: Fact<'view'>, context: RuleContext): readonly Action[] {
  const target = `${wordOf(to.payload)} ${objectName(to.id)}`
  const columns = (view: Fact<'view'>): string => view.payload.columns.map((column) => `${column.name} ${column.type}`).join()
  const remade = from.payload.query !== to.payload.query || columns(from) !== columns(to)
  const alter = (attribute: string, clause: string, parts: Partial<ActionParts> = {}): Action =>
    action(
      to,
      'alter',
      { sql: `ALTER ${target} ${clause}`, title: `alter view ${spoken(to)}`, lock: 'ACCESS EXCLUSIVE', ...parts },
      changed(attribute, from.payload.options, to.payload.options),
    )
  const [before, after] = [from.payload.options, to.payload.options]
  return [
    // The options are part of the statement: those that are not said are taken away.
    ...(remade
      ? [
          action(
            to,
            'alter',
            { sql: createSql(to, true, context.after), title: `replace view ${spoken(to)}`, lock: 'ACCESS EXCLUSIVE' },
            changed('query', from.payload.query, to.payload.query),
          ),
        ]
      : parameterChanges(before, after).map((clause) => alter('options', clause))),
    ...(before['tablespace'] === after['tablespace']
      ? []
      : [alter('tablespace', `SET TABLESPACE ${identifier(String(after['tablespace'] ?? 'pg_default'))}`, { rewrite: true })]),
    ...(before['accessMethod'] === after['accessMethod']
      ? []
      : [alter('accessMethod', `SET ACCESS METHOD ${identifier(String(after['accessMethod'] ?? 'heap'))}`, { rewrite: true })]),
    ...(from.payload.comment === to.payload.comment ? [] : [commentOn(to, 'alter', target, from.payload.comment, to.payload.comment)]),
    ...viewColumns(from, to, context),
  ]
}

export const viewRule: Rule<'view'> = (delta, context) => {
  const fact = delta.change === 'drop' ? delta.from : delta.to
  const word = wordOf(fact.payload)
  const target = `${word} ${objectName(fact.id)}`
  switch (delta.change) {
    case 'add':
      return [
        action(delta.to, 'add', {
          sql: createSql(delta.to, false, context.after),
          title: `create ${word.toLowerCase()} ${spoken(delta.to)}`,
          produces: [delta.id],
        }),
        ...newComment(delta.to, target, delta.to.payload.comment),
        ...viewColumns(undefined, delta.to, context),
      ]
    case 'drop':
      return [
        action(delta.from, 'drop', {
          sql: `DROP ${target}`,
          title: `drop ${word.toLowerCase()} ${spoken(delta.from)}`,
          destroys: [delta.id],
          lock: 'ACCESS EXCLUSIVE',
        }),
      ]
    case 'rename':
      return renameObject(word, delta.from, delta.to)
    case 'alter':
      return alterView(delta.from, delta.to, context)
  }
}
