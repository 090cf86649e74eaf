import { didYouMean } from '../errors/did-you-mean.ts'

/** Words of other formats, and what they are here. */
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  index: ['indexes'],
  key: ['primary', 'unique'],
  columns: ['fields'],
  column: ['field'],
  renamedFrom: ['was'],
  renamed_from: ['was'],
  oldName: ['was'],
  rename: ['was'],
  sql: ['query', 'expression'],
  expr: ['expression'],
  definition: ['query'],
  select: ['query'],
  comment: ['doc'],
  description: ['doc'],
  note: ['doc'],
  predicate: ['where'],
  condition: ['where'],
  method: ['using'],
  value: ['values'],
  autoIncrement: ['identity'],
  autoincrement: ['identity'],
  serial: ['identity'],
  primaryKey: ['primary'],
  pk: ['primary'],
  references: ['relation', 'foreignKeys'],
  target: ['relation', 'entity'],
  foreignKey: ['relation', 'foreignKeys'],
  check: ['checks'],
  enum: ['enums', 'values'],
  tables: ['entities'],
  models: ['entities'],
  relations: ['fields'],
  permissions: ['grants'],
}
const marked = new Set(['required', 'notNull', 'not_null', 'null', 'optional'])

/** The key that was meant, in this format. */
export function keyHint(key: string, known: readonly string[]): string {
  if (marked.has(key) && known.includes('nullable')) return 'Write it at the type: `string!` is NOT NULL, `string?` may be null.'
  const meant = elsewhere[key]?.find((each) => known.includes(each))
  return meant === undefined ? didYouMean(key, known) : `Here it is called \`${meant}\`.`
}
