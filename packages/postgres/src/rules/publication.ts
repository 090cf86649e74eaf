import type { PublicationPayload, PublishedTable, Rule } from '@yama/schema'
import { identifier, literal } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { commentOn, newComment } from './comment.ts'
import { columnList } from './names.ts'

/** Children are listed by themselves, where they are published. */
const tableSql = ({ table, columns, where }: PublishedTable): string =>
  `TABLE ONLY ${table}${columns === undefined ? '' : ` ${columnList(columns)}`}${where === undefined ? '' : ` WHERE (${where})`}`

function published({ allTables, tables, schemas }: PublicationPayload): string {
  if (allTables) return 'ALL TABLES'
  return [...tables.map(tableSql), ...schemas.map((name) => `TABLES IN SCHEMA ${identifier(name)}`)].join(', ')
}

const settings = (options: PublicationPayload['options'], others: PublicationPayload['options'] = {}): readonly string[] => {
  const normal: Readonly<Record<string, string>> = {
    publish: 'insert, update, delete, truncate',
    publish_via_partition_root: 'false',
    publish_generated_columns: 'none',
  }
  return [...new Set([...Object.keys(others), ...Object.keys(options)])]
    .filter((name) => options[name] !== others[name])
    .map((name) => `${name} = ${literal(String(options[name] ?? normal[name] ?? ''))}`)
}

/** ALL TABLES is said when it is made, and cannot be taken back. */
export const publicationStays = (from: PublicationPayload, to: PublicationPayload): boolean => from.allTables === to.allTables

export const publicationRule: Rule<'publication'> = (delta) => {
  const fact = delta.change === 'drop' ? delta.from : delta.to
  const target = `PUBLICATION ${identifier(fact.name)}`
  switch (delta.change) {
    case 'add': {
      const { payload } = delta.to
      const what = published(payload)
      const options = settings(payload.options)
      return [
        action(delta.to, 'add', {
          sql: `CREATE ${target}${what === '' ? '' : ` FOR ${what}`}${options.length === 0 ? '' : ` WITH (${options.join(', ')})`}`,
          title: `create publication ${fact.name}`,
          produces: [delta.id],
        }),
        ...newComment(delta.to, target, payload.comment),
      ]
    }
    case 'drop':
      return [action(delta.from, 'drop', { sql: `DROP ${target}`, title: `drop publication ${fact.name}`, destroys: [delta.id] })]
    case 'alter': {
      const [from, to] = [delta.from.payload, delta.to.payload]
      const [before, after] = [published(from), published(to)]
      const options = settings(to.options, from.options)
      const everything = from.tables
        .map(({ table }) => `TABLE ONLY ${table}`)
        .concat(from.schemas.map((name) => `TABLES IN SCHEMA ${identifier(name)}`))
      const alter = (clause: string) =>
        action(
          delta.to,
          'alter',
          { sql: `ALTER ${target} ${clause}`, title: `alter publication ${fact.name}`, lock: 'SHARE UPDATE EXCLUSIVE' },
          changed('tables', before, after),
        )
      return [
        ...(before === after ? [] : [alter(after === '' ? `DROP ${everything.join(', ')}` : `SET ${after}`)]),
        ...(options.length === 0 ? [] : [alter(`SET (${options.join(', ')})`)]),
        ...(from.comment === to.comment ? [] : [commentOn(delta.to, 'alter', target, from.comment, to.comment)]),
      ]
    }
    case 'rename':
      return []
  }
}
