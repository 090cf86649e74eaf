import type { PortDialect } from '@yama/schema'
import { readExpression, readQuery } from './read-expression.ts'
import { readType } from './read-type.ts'
import { writeExpression, writeGenerated, writeQuery } from './write-expression.ts'

const METHODS: Readonly<Record<string, string>> = { btree: 'btree', hash: 'btree', brin: 'btree' }

/** What SQLite can take over, and how others understand it. */
export const port: PortDialect = {
  features: {
    partialIndexes: true,
    expressionIndexes: true,
    includedColumns: false,
    nullsOrder: false,
    nullsNotDistinct: false,
    deferrable: true,
    matchFull: false,
    setDefault: true,
    setNullColumns: false,
    exclusions: false,
    sequences: false,
    materializedViews: false,
    arrays: false,
    identityAnywhere: false,
    identityNeedsKey: false,
    sameKeyTypes: false,
    checksOverForeignKeys: true,
    generatedNotNull: true,
    trimsGeneratedChars: false,
    caseIgnoringCollation: 'NOCASE',
    ignoresCase: false,
    sharedNames: new Set(['index']),
    foldsNames: true,
  },
  ignoresCaseIn: (collation) => collation.toUpperCase() === 'NOCASE',
  indexMethod: (method) => METHODS[method],
  readType,
  fitType: (type) => ({ type }),
  readExpression,
  writeExpression,
  readQuery,
  writeQuery,
  writeKey: writeExpression,
  writeGenerated,
}
