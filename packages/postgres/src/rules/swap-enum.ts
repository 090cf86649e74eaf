import type { Action, Fact, RuleContext } from '@yama/schema'
import { asideName } from '../types/default-name.ts'
import { identifier, literal, qualified } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { conversions } from './columns-of-type.ts'
import { objectName, spoken, spokenTable } from './names.ts'

/**
 * A new type with the new values takes the old one's place: rename, create, convert each column through text, drop.
 * A row with a value that is no longer there makes it fail, so nothing is lost in silence.
 */
export function swapEnum(from: Fact<'enum'>, to: Fact<'enum'>, context: RuleContext): readonly Action[] {
  const name = objectName(to.id)
  const aside = asideName(to.name)
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
    ...conversions(to.id, context, convert).map(({ column, sql }) =>
      step(sql, `convert column ${column.name} of ${spokenTable(column)}`, {
        rewrite: true,
        consumes: [column.id],
        reversibility,
        because: { ...because, fact: column.id, change: 'alter' },
      }),
    ),
    step(`DROP TYPE ${qualified(to.schema, aside)}`, `drop the old enum ${spoken(from)}`),
  ]
}

function convert({ name, payload: { type } }: Fact<'column'>): string {
  return ` USING ${identifier(name)}::text${type.endsWith('[]') ? '[]' : ''}::${type}`
}
