import type { PortDialect } from '@yama/schema'
import { readExpression, readQuery } from './read-expression.ts'
import { readType } from './read-type.ts'
import { writeExpression, writeGenerated, writeQuery } from './write-expression.ts'

/** Methods of other databases, and of this one; a full-text or spatial index is another thing here. */
const METHODS: Readonly<Record<string, string>> = { btree: 'btree', hash: 'hash', gin: 'gin', gist: 'gist', brin: 'brin', spgist: 'spgist' }

/** What PostgreSQL can take over, and how others understand it. */
export const port: PortDialect = {
  features: {
    partialIndexes: true,
    expressionIndexes: true,
    includedColumns: true,
    nullsOrder: true,
    nullsNotDistinct: true,
    deferrable: true,
    matchFull: true,
    setDefault: true,
    setNullColumns: true,
    exclusions: true,
    sequences: true,
    materializedViews: true,
    arrays: true,
    identityAnywhere: true,
    identityNeedsKey: false,
    sameKeyTypes: true,
    checksOverForeignKeys: true,
    generatedNotNull: true,
    trimsGeneratedChars: false,
    ignoresCase: false,
    sharedNames: new Set(['index', 'unique', 'primary']),
    foldsNames: false,
  },
  indexMethod: (method) => METHODS[method],
  readType,
  // Everything that other databases can hold, this one holds too.
  fitType: (type) => ({ type }),
  readExpression,
  writeExpression,
  readQuery,
  writeQuery,
  writeKey(expression) {
    const written = writeExpression(expression)
    return 'problem' in written ? written : { sql: written.sql }
  },
  writeGenerated,
}
