// Run with: node --conditions=yama-source --import tsx bench/schema-diff.ts [tables…]
// Difference, hash and plan over generated schemas, without a server.
import {
  difference,
  factBase,
  memberId,
  objectId,
  orderActions,
  planChange,
  stateHash,
  type Action,
  type AnyFact,
  type ConstraintPayload,
  type FactBase,
  type SchemaDialect,
} from '@yama/schema'

const COLUMNS = 12

/** Tables of twelve columns, a primary key, a foreign key to the table before, and two indexes each. `edited` marks tables that differ. */
function schema(tables: number, edited: (table: number) => boolean): FactBase {
  const facts: AnyFact[] = []
  for (let at = 0; at < tables; at++) {
    const name = `table_${at}`
    const parent = objectId('table', 'public', name)
    facts.push({ kind: 'table', id: parent, schema: 'public', name, payload: { options: {} }, dependsOn: [], position: at })
    for (let column = 0; column < COLUMNS; column++) {
      const type = column === 0 ? 'bigint' : edited(at) && column === 3 ? 'character varying(200)' : 'character varying(120)'
      const payload = { type, notNull: column < 4, options: {}, ...(column === 5 ? { default: "'x'::character varying" } : {}) }
      facts.push({
        kind: 'column',
        id: memberId('column', 'public', name, `column_${column}`),
        schema: 'public',
        name: `column_${column}`,
        parent,
        payload,
        dependsOn: [],
        position: column,
      })
    }
    const constraint = (suffix: string, payload: Pick<ConstraintPayload, 'type' | 'columns' | 'references'>): void => {
      facts.push({
        kind: 'constraint',
        id: memberId('constraint', 'public', name, `${name}_${suffix}`),
        schema: 'public',
        name: `${name}_${suffix}`,
        parent,
        payload: { named: true, options: {}, ...payload },
        dependsOn: [],
      })
    }
    constraint('pkey', { type: 'primary', columns: ['column_0'] })
    if (at > 0)
      constraint('fkey', {
        type: 'foreign',
        columns: ['column_1'],
        references: { schema: 'public', table: `table_${at - 1}`, columns: ['column_0'], onDelete: 'cascade', onUpdate: 'no action' },
      })
    for (const column of edited(at) ? ['column_2', 'column_6'] : ['column_2']) {
      const payload = { unique: false, method: 'btree', keys: [{ column }], options: {} }
      facts.push({
        kind: 'index',
        id: memberId('index', 'public', name, `${name}_${column}_idx`),
        schema: 'public',
        name: `${name}_${column}_idx`,
        parent,
        payload,
        dependsOn: [],
      })
    }
  }
  return factBase('pg15:s1', facts)
}

const action = (id: string, change: 'add' | 'drop' | 'alter'): Action => ({
  sql: '',
  title: id,
  produces: change === 'add' ? [id] : [],
  consumes: [],
  destroys: change === 'drop' ? [id] : [],
  releases: [],
  lock: '',
  rewrite: false,
  transaction: 'any',
  loss: 'none',
  reversibility: 'lossless',
  because: { fact: id, change },
})
const rule = (delta: { readonly id: string; readonly change: string }): readonly Action[] => [action(delta.id, delta.change as 'add')]
const dialect = {
  kind: 'postgres',
  rules: {
    schema: rule,
    extension: rule,
    enum: rule,
    sequence: rule,
    table: rule,
    column: rule,
    constraint: rule,
    index: rule,
    view: rule,
  },
  strategies: [],
} as unknown as SchemaDialect

function median(runs: number, work: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now()
    work()
    return performance.now() - started
  })
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0
}

const counts = process.argv
  .slice(2)
  .map(Number)
  .filter((count) => count > 0)
const lines = [
  ['tables', 'facts', 'no-op difference', 'no-op with both hashes', 'difference 5 %', 'plan 5 %', 'create all', 'heap'].join('\t'),
]
for (const tables of counts.length > 0 ? counts : [100, 1_000, 10_000]) {
  const runs = tables > 5_000 ? 3 : 7
  const fresh = (edited: (table: number) => boolean): FactBase[] => Array.from({ length: runs }, () => schema(tables, edited))
  const same = schema(tables, () => false)
  const [equal, equalToo, changed] = [fresh(() => false), fresh(() => false), fresh((table) => table % 20 === 0)]
  const other = schema(tables, () => false)
  const ms = (value: number): string => `${value.toFixed(1)} ms`
  let at = 0
  const noop = median(runs, () => void difference(same, other))
  const hashed = median(runs, () => void (stateHash(equal[at]!) === stateHash(equalToo[at]!) && difference(equal[at]!, equalToo[at++]!)))
  const small = median(runs, () => void difference(same, changed[0]!))
  at = 0
  const planned = median(runs, () => void planChange({ before: same, after: changed[at++]!, dialect, renames: [] }))
  at = 0
  const all = median(runs, () => void planChange({ before: factBase('pg15:s1', []), after: changed[at++]!, dialect, renames: [] }))
  lines.push(
    [
      tables,
      same.facts.size,
      ms(noop),
      ms(hashed),
      ms(small),
      ms(planned),
      ms(all),
      `${Math.round(process.memoryUsage().heapUsed / 1e6)} MB`,
    ].join('\t'),
  )
}
const base = schema(1_000, () => false)
const actions = [...base.facts.keys()].slice(0, 10_000).map((id) => action(id, 'add'))
lines.push(
  `ordering ${actions.length} actions\t${median(5, () => void orderActions(actions, { before: factBase('', []), after: base })).toFixed(1)} ms`,
)
console.log(lines.join('\n'))
