import { memberId, objectId, type ColumnPayload, type ConstraintPayload, type Fact } from '@yama/schema'

/** Short ways to state facts in tests; schema `''` as in a database without schemas. */
export const table = (name: string, extra: Partial<Fact<'table'>> = {}): Fact<'table'> => ({
  kind: 'table',
  id: objectId('table', '', name),
  schema: '',
  name,
  payload: { options: {} },
  dependsOn: [],
  ...extra,
})

export const column = (
  tableName: string,
  name: string,
  payload: Partial<ColumnPayload> = {},
  extra: Partial<Fact<'column'>> = {},
): Fact<'column'> => ({
  kind: 'column',
  id: memberId('column', '', tableName, name),
  schema: '',
  name,
  parent: objectId('table', '', tableName),
  payload: { type: 'int', notNull: false, options: {}, ...payload },
  dependsOn: [],
  ...extra,
})

export const constraint = (
  tableName: string,
  name: string,
  type: ConstraintPayload['type'],
  columns: readonly string[],
  payload: Partial<ConstraintPayload> = {},
  extra: Partial<Fact<'constraint'>> = {},
): Fact<'constraint'> => ({
  kind: 'constraint',
  id: memberId('constraint', '', tableName, name),
  schema: '',
  name,
  parent: objectId('table', '', tableName),
  payload: { type, columns, named: true, options: {}, ...payload },
  dependsOn: [],
  ...extra,
})

export const foreign = (
  tableName: string,
  name: string,
  columns: readonly string[],
  target: string,
  key: readonly string[],
): Fact<'constraint'> =>
  constraint(tableName, name, 'foreign', columns, {
    references: { schema: '', table: target, columns: key, onDelete: 'no action', onUpdate: 'no action' },
  })

export const index = (
  tableName: string,
  name: string,
  columns: readonly string[],
  unique = false,
  extra: Partial<Fact<'index'>> = {},
): Fact<'index'> => ({
  kind: 'index',
  id: memberId('index', '', tableName, name),
  schema: '',
  name,
  parent: objectId('table', '', tableName),
  payload: { unique, method: 'btree', keys: columns.map((one) => ({ column: one })), options: {} },
  dependsOn: [],
  ...extra,
})

export const view = (name: string, query: string, dependsOn: readonly string[], extra: Partial<Fact<'view'>> = {}): Fact<'view'> => ({
  kind: 'view',
  id: objectId('view', '', name),
  schema: '',
  name,
  payload: { query, materialized: false, columns: [], options: {} },
  dependsOn,
  ...extra,
})

export const enumeration = (name: string, values: readonly string[], extra: Partial<Fact<'enum'>> = {}): Fact<'enum'> => ({
  kind: 'enum',
  id: objectId('enum', '', name),
  schema: '',
  name,
  payload: { values },
  dependsOn: [],
  ...extra,
})
