import type { Action, Fact, RuleContext } from '@yama/schema'
import { identifier, literal, qualified } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { objectName, spoken, spokenTable, tableOf } from './names.ts'

/** The columns of an enum type or of its arrays, which stay. */
export function columnsOfEnum(id: string, context: RuleContext): readonly Fact<'column'>[] {
  return context.dependents(id, 'before').flatMap((dependent) => {
    const fact = context.before.facts.get(dependent)
    return fact?.kind === 'column' && !context.isDropped(dependent) ? [fact] : []
  })
}

/**
 * A new type with the new values takes the old one's place: rename, create, convert each column through text, drop.
 * A row with a value that is no longer there makes it fail, so nothing is lost in silence.
 */
export function swapEnum(from: Fact<'enum'>, to: Fact<'enum'>, context: RuleContext): readonly Action[] {
  const name = objectName(to.id)
  const aside = `${to.name.slice(0, 55)}__old`
  const because = changed('values', from.payload.values, to.payload.values)
  const together = `swap ${to.id}`
  const gone = from.payload.values.filter((value) => !to.payload.values.includes(value))
  const step = (sql: string, title: string, parts: Partial<Action> = {}): Action => ({
    ...action(to, 'alter', { sql, title, lock: 'ACCESS EXCLUSIVE' }, because),
    together,
    ...parts,
  })
  const reversibility = gone.length === 0 ? 'lossless' : 'lossy'
  return [
    step(`ALTER TYPE ${name} RENAME TO ${identifier(aside)}`, `put enum ${spoken(from)} aside`),
    step(`CREATE TYPE ${name} AS ENUM (${to.payload.values.map(literal).join(', ')})`, `create enum ${spoken(to)} anew`),
    ...columnsOfEnum(to.id, context).map((column) =>
      step(convert(column, context), `convert column ${column.name} of ${spokenTable(column)}`, {
        rewrite: true,
        consumes: [column.id],
        reversibility,
      }),
    ),
    step(`DROP TYPE ${qualified(to.schema, aside)}`, `drop the old enum ${spoken(from)}`),
  ]
}

function convert(column: Fact<'column'>, context: RuleContext): string {
  const name = identifier(column.name)
  const type = column.payload.type
  const after = context.after.facts.get(column.id)
  const kept = after?.kind === 'column' && after.payload.type === type ? after.payload.default : column.payload.default
  const clauses = [
    ...(column.payload.default === undefined ? [] : [`ALTER COLUMN ${name} DROP DEFAULT`]),
    `ALTER COLUMN ${name} TYPE ${type} USING ${name}::text${type.endsWith('[]') ? '[]' : ''}::${type}`,
    ...(kept === undefined ? [] : [`ALTER COLUMN ${name} SET DEFAULT ${kept}`]),
  ]
  return `ALTER TABLE ${tableOf(column)} ${clauses.join(', ')}`
}
