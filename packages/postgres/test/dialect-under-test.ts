import type { SchemaDialect } from '@yama/schema'
import { schemaDialect as make } from '../src/schema-dialect/schema-dialect.ts'

/** The schema side of the dialect, without connections and scratch databases. */
export const schemaDialect: SchemaDialect = make(() => Promise.reject(new Error('not part of these tests')))
