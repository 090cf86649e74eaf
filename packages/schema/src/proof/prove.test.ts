import { describe, expect, it } from 'vitest'
import {
  factBase,
  findRenames,
  invertRenames,
  planChange,
  prove,
  requirePlan,
  type AnyFact,
  type FactBase,
  type ProofReport,
} from '@yama/schema'
import { column, constraint, foreign, table } from '../../test/toy/facts.ts'
import { toyServer } from '../../test/toy/toy-connection.ts'

const base = (...facts: AnyFact[]): FactBase => factBase('toy1:s1', facts)
const before = base(
  table('users'),
  column('users', 'id', { notNull: true }),
  column('users', 'mail', { type: 'text' }),
  constraint('users', 'users_pkey', 'primary', ['id']),
  table('posts'),
  column('posts', 'id', { notNull: true }),
  column('posts', 'author', { notNull: true }),
  foreign('posts', 'posts_fkey', ['author'], 'users', ['id']),
)
const after = base(
  table('people', { was: ['users'] }),
  column('people', 'id', { notNull: true }),
  column('people', 'email', { type: 'text' }, { was: ['mail'] }),
  constraint('people', 'people_pkey', 'primary', ['id']),
  column('people', 'age'),
  table('posts'),
  column('posts', 'id', { notNull: true }),
  column('posts', 'author', { notNull: true }),
  foreign('posts', 'posts_fkey', ['author'], 'people', ['id']),
)

function proof(to: FactBase, options: { readonly wipes?: boolean; readonly claims?: FactBase } = {}): Promise<ProofReport> {
  const { connection, dialect } = toyServer(before, options.wipes)
  const { renames } = findRenames(before, to)
  const up = requirePlan(planChange({ before, after: to, dialect, renames }))
  const down = requirePlan(planChange({ before: to, after: before, dialect, renames: invertRenames(renames) }))
  const scope = { schemas: [], include: [], exclude: [] }
  return prove({ up, down, before, after: options.claims ?? to, scratch: { connection, description: 'toy' }, dialect, scope })
}

describe('a proof', () => {
  it('follows seeded rows through renames, Up and Down', async () => {
    const report = await proof(after)
    expect(report.tables).toEqual([
      {
        table: 'table:users',
        rows: 24,
        variety: expect.arrayContaining(['plain', 'null', 'smallest', 'repeated', 'odd', 'long']) as unknown,
      },
      { table: 'table:posts', rows: 24, variety: expect.arrayContaining(['plain']) as unknown },
    ])
    expect(report).toMatchObject({ rows: 48, scratch: 'toy', seed: 1, notes: [] })
    expect(report.summary).toMatch(/48 rows \(nulls, .*long texts\) in 2 of 2 tables survive/)
  })

  it('names what is not as wanted', async () => {
    const wrong = base(...[...after.facts.values()].filter((fact) => fact.name !== 'age'), column('people', 'years'))
    await expect(proof(after, { claims: wrong })).rejects.toMatchObject({
      code: 'YAMA_PROOF_FAILED',
      data: { differences: ['column people.age should not be there', 'column people.years is missing'] },
    })
  })

  it('notices rows that a statement lost without saying so', async () => {
    await expect(proof(after, { wipes: true })).rejects.toMatchObject({
      code: 'YAMA_PROOF_FAILED',
      message: expect.stringMatching(/table users had 24 rows and has 0/) as unknown,
    })
  })

  it('leaves tables empty where a NOT NULL column without a default is added, and says so', async () => {
    const needy = base(...before.facts.values(), column('users', 'name', { type: 'text', notNull: true }))
    const report = await proof(needy)
    expect(report.notes[0]).toMatch(/table users has 0 rows: column name is added as NOT NULL without a default/)
  })

  it('leaves tables empty whose foreign key points to a table made anew, under its old name too', async () => {
    const elsewhere = base(...[...after.facts.values()].map((fact) => ({ ...fact, was: [] })))
    const report = await proof(elsewhere)
    expect(report.tables.map(({ table: id, rows }) => [id, rows])).toEqual([
      ['table:users', 24],
      ['table:posts', 0],
    ])
    expect(report.notes.join('\n')).toMatch(/table posts has 0 rows: foreign key posts_fkey is added or points elsewhere/)
  })

  it('leaves tables empty where a column with a default is added that points somewhere', async () => {
    const pointing = base(
      ...before.facts.values(),
      column('users', 'best', { default: '0' }),
      foreign('users', 'users_best', ['best'], 'posts', ['id']),
    )
    const report = await proof(pointing)
    expect(report.notes.join('\n')).toMatch(/table users has 0 rows: foreign key users_best is added/)
  })
})
