import type { Fact } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { enumRule } from './enum.ts'

const role = (values: readonly string[], renamedValues?: Readonly<Record<string, string>>): Fact<'enum'> => ({
  kind: 'enum',
  id: 'enum:public.role',
  schema: 'public',
  name: 'role',
  payload: { values },
  dependsOn: [],
  ...(renamedValues === undefined ? {} : { renamedValues }),
})
const sql = (from: Fact<'enum'>, to: Fact<'enum'>): readonly string[] =>
  enumRule(
    {
      change: 'alter',
      kind: 'enum',
      id: from.id,
      from,
      to,
      attributes: [{ attribute: 'values', from: from.payload.values, to: to.payload.values }],
    },
    {} as Parameters<typeof enumRule>[1],
  ).map((action) => action.sql)

describe('renamed values of an enum', () => {
  const old = role(['user', 'moderator'])
  const now = role(['user', 'editor', 'admin'], { moderator: 'editor' })
  it('keep their rows', () => {
    expect(sql(old, now)).toEqual([
      "ALTER TYPE public.role RENAME VALUE 'moderator' TO 'editor'",
      "ALTER TYPE public.role ADD VALUE 'admin'",
    ])
  })
  it('come back on the way down', () => {
    expect(sql(role(['user', 'editor'], { moderator: 'editor' }), old)).toEqual([
      "ALTER TYPE public.role RENAME VALUE 'editor' TO 'moderator'",
    ])
  })
  it('say nothing once they are renamed', () => {
    expect(sql(role(['user', 'editor']), now)).toEqual(["ALTER TYPE public.role ADD VALUE 'admin'"])
  })
})
