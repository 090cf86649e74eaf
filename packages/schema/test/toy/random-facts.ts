import fc from 'fast-check'
import { factBase, type AnyFact, type FactBase } from '@yama/schema'
import { column, constraint, enumeration, foreign, index, table, view } from './facts.ts'

const TABLES = ['a', 'b', 'c', 'd']
const COLUMNS = ['w', 'x', 'y', 'z']
const ENUMS = ['e_1', 'e_2']

interface Dice {
  readonly table: boolean
  readonly columns: readonly { readonly there: boolean; readonly type: string; readonly notNull: boolean }[]
  readonly unique: boolean
  readonly index: boolean
  readonly target: string | undefined
  readonly view: boolean
}

const dice: fc.Arbitrary<Dice> = fc.record({
  table: fc.boolean(),
  columns: fc.array(fc.record({ there: fc.boolean(), type: fc.constantFrom('int', 'text', ...ENUMS), notNull: fc.boolean() }), {
    minLength: 4,
    maxLength: 4,
  }),
  unique: fc.boolean(),
  index: fc.boolean(),
  target: fc.option(fc.constantFrom(...TABLES), { nil: undefined }),
  view: fc.boolean(),
})

/** Any schema of up to four tables with keys, circles of foreign keys, enums, indexes, and views on columns and on views. */
export const randomFacts: fc.Arbitrary<FactBase> = fc
  .record({ tables: fc.array(dice, { minLength: 4, maxLength: 4 }), enums: fc.tuple(fc.boolean(), fc.boolean()) })
  .map(({ tables, enums }) => {
    const facts: AnyFact[] = []
    ENUMS.forEach((name, at) => enums[at] === true && facts.push(enumeration(name, ['p', 'q'])))
    tables.forEach(
      (one, at) =>
        one.table && facts.push(...tableFacts(one, TABLES[at] ?? '', (other) => tables[TABLES.indexOf(other)]?.table === true, enums)),
    )
    if (facts.some((fact) => fact.id === 'view:v_a')) facts.push(view('v_top', 'select * from v_a', ['view:v_a']))
    return factBase('toy1:s1', facts)
  })

function tableFacts(one: Dice, name: string, exists: (table: string) => boolean, enums: readonly boolean[]): AnyFact[] {
  const facts: AnyFact[] = [table(name), column(name, 'id', { notNull: true }), constraint(name, `${name}_pkey`, 'primary', ['id'])]
  const there = COLUMNS.filter((_, at) => one.columns[at]?.there === true)
  COLUMNS.forEach((column_, at) => {
    const { type = 'int', notNull = false } = one.columns[at] ?? {}
    const known = type.startsWith('e_') && enums[ENUMS.indexOf(type)] !== true ? 'int' : type
    if (there.includes(column_)) facts.push(column(name, column_, { type: known, notNull }))
  })
  const [first] = there
  if (one.unique && first !== undefined) facts.push(constraint(name, `${name}_key`, 'unique', [first]))
  if (one.index && first !== undefined) facts.push(index(name, `${name}_idx`, [first]))
  if (one.target !== undefined && first !== undefined && exists(one.target))
    facts.push(foreign(name, `${name}_fkey`, [first], one.target, ['id']))
  if (one.view && first !== undefined)
    facts.push(view(`v_${name}`, `select ${first} from ${name}`, [`table:${name}`, `column:${name}.${first}`]))
  return facts
}
