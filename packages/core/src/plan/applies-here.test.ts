import { describe, expect, it } from 'vitest'
import { testMigration } from '../../test/test-migration.ts'
import type { Migration } from '../contract/migration.ts'
import { appliesHere } from './applies-here.ts'
import { leaveOutElsewhere } from './leave-out-elsewhere.ts'

const here = { dialect: 'sqlite', project: 'shop', environment: 'dev' } as const
const asking = (appliesTo: string): Migration => ({
  ...testMigration('m1'),
  appliesTo,
  body: `-- id: m1\n-- applies-to: ${appliesTo}\nselect 1;`,
})

describe('applies-to', () => {
  it.each([
    ["dialect = 'sqlite'", true],
    ["dialect = 'postgres'", false],
    ["dialect != 'postgres'", true],
    ["dialect <> 'sqlite'", false],
    ["dialect in ('postgres', 'sqlite')", true],
    ["dialect IN ('postgres','mysql')", false],
    ["environment not in ('prod')", true],
    ["not dialect = 'sqlite'", false],
    ["dialect = 'postgres' or environment = 'dev' and project = 'shop'", true],
    ["(dialect = 'postgres' or environment = 'dev') and project = 'other'", false],
    ["project = 'it''s'", false],
  ])('%s is %s here', (expression, expected) => {
    expect(appliesHere(asking(expression), here)).toBe(expected)
  })

  it.each([
    ["tier = 'enterprise'", /nothing here knows/],
    ["dialct = 'sqlite'", /`dialect` is known/],
    ['dialect = sqlite', /in quotes/],
    ["dialect 'sqlite'", /`=`, `!=` or `in`/],
    ["dialect = 'sqlite' and", /a name is missing at its end/],
    ["dialect = 'sqlite' environment = 'dev'", /too much/],
    ["(dialect = 'sqlite'", /`\)` is missing/],
    ["dialect in 'sqlite'", /`\(` is missing/],
    ["dialect = 'sqlite", /cannot be read/],
    ['constructor', /nothing here knows/],
    // A mistake behind what decides already is a mistake.
    ["dialect = 'sqlite' or tier = 'x'", /nothing here knows/],
  ])('%s is refused with its place', (expression, problem) => {
    expect(() => appliesHere(asking(expression), here)).toThrow(
      expect.objectContaining({
        code: 'YAMA_APPLIES_TO_INVALID',
        message: expect.stringMatching(problem) as string,
        position: { file: 'migrations/m1.sql', line: 2, column: 1 },
      }),
    )
  })

  it('refuses to guess the environment where a run has none', () => {
    expect(() => appliesHere(asking("environment = 'dev'"), { ...here, environment: undefined })).toThrow(
      expect.objectContaining({ code: 'YAMA_APPLIES_TO_INVALID' }),
    )
  })

  it('leaves a migration in its place, without steps and with its hashes', () => {
    const before = { ...asking("dialect = 'postgres'"), reversibility: 'irreversible' as const }
    const [left] = leaveOutElsewhere([before], here)
    expect(left).toMatchObject({ id: 'm1', semanticHash: before.semanticHash, up: [], down: [], noop: true, elsewhere: true })
    expect(left).not.toHaveProperty('reversibility')
    expect(leaveOutElsewhere([asking("dialect = 'sqlite'")], here)[0]).not.toHaveProperty('elsewhere')
  })
})
