import type { Connection } from '@yama/core'
import type { SchemaDialect } from '../contract/schema-dialect.ts'
import { factBase } from '../facts/fact-base.ts'
import { memberId } from '../facts/fact-id.ts'
import type { AnyFact, Fact, FactBase } from '../facts/fact.ts'
import { CODE } from '../facts/rows.ts'
import { asText, tableName } from '../proof/sql-text.ts'
import { codeTables } from './code-tables.ts'

/** A list of values that somebody keeps by hand is shorter; a longer one is data, and not read. */
const MOST_VALUES = 10_000
/** SQLite joins at most 500 queries in one. */
const AT_ONCE = 200

/**
 * The dialect with an `extract` that also reads the rows of tables which may be lookup tables: those of a scratch database come from
 * migrations or entities alone. In a live one they may be anybody's, so there `keepStated` has to say whose they are; `empty` also reports tables without rows.
 */
export function withRows(dialect: SchemaDialect, empty = false): SchemaDialect {
  return {
    ...dialect,
    extract: async (connection, scope) => addRows(await dialect.extract(connection, scope), connection, dialect, empty),
  }
}

async function addRows(base: FactBase, connection: Connection, dialect: SchemaDialect, empty: boolean): Promise<FactBase> {
  const tables = codeTables(base)
  const facts: AnyFact[] = []
  for (let at = 0; at < tables.length; at += AT_ONCE) {
    const some = tables.slice(at, at + AT_ONCE)
    const values = await readValues(some, connection, dialect)
    some.forEach((table, index) => {
      const found = values.get(index) ?? []
      if (found.length <= MOST_VALUES && (empty || found.length > 0)) facts.push(rowsFact(table, found))
    })
  }
  return facts.length === 0 ? base : factBase(base.tag, [...base.facts.values(), ...facts], base.unmanaged)
}

async function readValues(
  tables: readonly Fact<'table'>[],
  connection: Connection,
  dialect: SchemaDialect,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const queries = tables.map((table, index) => {
    const own = `SELECT ${index} AS n, ${asText(CODE, dialect)} AS v FROM ${tableName(table, dialect)} LIMIT ${MOST_VALUES + 1}`
    return `SELECT n, v FROM (${own}) AS t${index}`
  })
  const { rows } = await connection.execute(queries.join(' UNION ALL '))
  const found = new Map<number, string[]>()
  for (const { n, v } of rows) {
    const known = found.get(Number(n))
    if (known === undefined) found.set(Number(n), [String(v)])
    else known.push(String(v))
  }
  return found
}

function rowsFact({ id, schema, name }: Fact<'table'>, values: readonly string[]): Fact<'rows'> {
  return {
    kind: 'rows',
    id: memberId('rows', schema, name, CODE),
    schema,
    name: CODE,
    parent: id,
    payload: { values: values.toSorted((a, b) => (a < b ? -1 : 1)) },
    dependsOn: [],
  }
}
