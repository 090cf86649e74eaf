import { PORTABLE_TYPES, type PortableDefault } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { postgresTypes } from './type-mapping.ts'

describe('postgresTypes', () => {
  it.each(PORTABLE_TYPES)('%s reads back what it wrote, plain and as an array', (name) => {
    for (const array of [0, 1]) {
      const native = postgresTypes.toNative({ name, parameters: [], array }).sql
      const portable = postgresTypes.toPortable(native)
      expect(portable?.name).toBe(name)
      expect(portable === undefined ? '' : postgresTypes.toNative(portable).sql).toBe(native)
    }
  })

  it.each([
    ['character varying(120)', { name: 'string', parameters: [120], array: 0 }],
    ['timestamp(3) with time zone', { name: 'timestamp', parameters: [3], array: 0 }],
    ['timestamp without time zone[]', { name: 'timestamplocal', parameters: [], array: 1 }],
    ['numeric(10,2)', { name: 'decimal', parameters: [10, 2], array: 0 }],
    ['public.citext', { name: 'citext', parameters: [], array: 0 }],
    ['extensions.citext', undefined],
    ['public.mood', undefined],
    ['bpchar', undefined],
    ['interval day to second', undefined],
  ])('%s', (sql, expected) => {
    expect(postgresTypes.toPortable(sql)).toEqual(expected)
  })

  it.each<[expression: string, type: string, expected: PortableDefault]>([
    ['now()', 'timestamp with time zone', { function: 'now' }],
    ['CURRENT_TIMESTAMP', 'timestamp with time zone', { sql: 'CURRENT_TIMESTAMP' }],
    ['gen_random_uuid()', 'uuid', { function: 'gen_uuid' }],
    ['CURRENT_DATE', 'date', { function: 'today' }],
    ["'{}'::jsonb", 'jsonb', { json: '{}' }],
    ["'new'::character varying", 'character varying(20)', { literal: 'new' }],
    ["'it''s'::text", 'text', { literal: "it's" }],
    ["'draft'::public.status", 'public.status', { literal: 'draft' }],
    ["'x'::text", 'character varying(20)', { sql: "'x'::text" }],
    ['0', 'integer', { literal: 0 }],
    ["'-1'::integer", 'bigint', { literal: -1 }],
    ['1.5', 'numeric(10,2)', { literal: 1.5 }],
    ['1.50', 'numeric(10,2)', { sql: '1.50' }],
    ['1234567890.0123456789', 'numeric(20,10)', { sql: '1234567890.0123456789' }],
    ['true', 'boolean', { literal: true }],
    ["'{}'::text[]", 'text[]', { sql: "'{}'::text[]" }],
    ["nextval('public.s'::regclass)", 'bigint', { sql: "nextval('public.s'::regclass)" }],
  ])('default %s of %s', (expression, type, expected) => {
    expect(postgresTypes.defaultToPortable(expression, type)).toEqual(expected)
  })
})
