import type { PortDialect } from '@yama/schema'
import { fitType } from './fit-type.ts'
import { readExpression, readQuery } from './read-expression.ts'
import { readType } from './read-type.ts'
import { writeExpression, writeGenerated, writeKey, writeQuery } from './write-expression.ts'

const METHODS: Readonly<Record<string, string>> = { btree: 'btree', hash: 'btree', brin: 'btree', fulltext: 'fulltext', spatial: 'spatial' }

/** What MySQL and MariaDB can take over, and how others understand them. */
export const portOf = (kind: 'mysql' | 'mariadb'): PortDialect => ({
  features: {
    partialIndexes: false,
    expressionIndexes: kind === 'mysql',
    includedColumns: false,
    nullsOrder: false,
    nullsNotDistinct: false,
    deferrable: false,
    matchFull: false,
    setDefault: false,
    setNullColumns: false,
    exclusions: false,
    sequences: kind === 'mariadb',
    materializedViews: false,
    arrays: false,
    identityAnywhere: true,
    identityNeedsKey: true,
    sameKeyTypes: true,
    indexBytes: 3072,
    checksOverForeignKeys: false,
    generatedNotNull: kind === 'mysql',
    trimsGeneratedChars: kind === 'mariadb',
    rowBytes: 65_535,
    caseSensitiveCollation: 'utf8mb4_bin',
    caseIgnoringCollation: 'utf8mb4_general_ci',
    ignoresCase: true,
    sharedNames: new Set(kind === 'mysql' ? ['foreign', 'check'] : ['foreign']),
    foldsNames: true,
  },
  indexMethod: (method) => METHODS[method],
  readType: (sql) => readType(kind, sql),
  fitType,
  readExpression: (sql) => readExpression(kind, sql),
  writeExpression: (expression) => writeExpression(kind, expression),
  readQuery: (sql) => readQuery(kind, sql),
  writeQuery: (query) => writeQuery(kind, query),
  writeKey: (expression, overText) => writeKey(kind, expression, overText),
  writeGenerated: (expression, type) => writeGenerated(kind, expression, type),
})
