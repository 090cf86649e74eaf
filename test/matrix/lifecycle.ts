import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Answers } from '@yama/authoring'
import { YamaError } from '@yama/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MatrixProject, type Answer } from './matrix-project.ts'
import { takesAll, takesTurn, targets, type MatrixKind, type MatrixTarget, type Opening } from './target.ts'

export const NOT_SUPPORTED = 'not supported'
export interface Outcome {
  /** How many migrations the change becomes; 1 when absent. */
  readonly files?: number
  /** Words that stand in the text of the migrations, and words that must not. */
  readonly says?: readonly (string | RegExp)[]
  readonly never?: readonly (string | RegExp)[]
  /** Asked after Up, after Down and after Up again. */
  readonly always?: readonly Answer[]
  /** Asked after Up, after Down, and after Up again (as after Up, when absent). */
  readonly up?: readonly Answer[]
  readonly down?: readonly Answer[]
  readonly upAgain?: readonly Answer[]
  /**
   * The change is not carried out: code, and the stage that says so. The state before it must still be there, unless `partial` says that the server
   * had committed what came before.
   */
  readonly refused?: {
    readonly at: 'entities' | 'generate' | 'up'
    readonly code: string
    readonly words?: RegExp
    readonly partial?: true
  }
}

/** The same outcome on every database. */
export const everywhere = (outcome: Outcome): Behaviour['expected'] => ({
  postgres: outcome,
  sqlite: outcome,
  mysql: outcome,
})

export interface Behaviour {
  readonly title: string
  readonly from: string
  readonly to: string
  /** `mariadb` where it differs from MySQL. */
  readonly expected: Readonly<Record<MatrixKind, Outcome | typeof NOT_SUPPORTED>> & { readonly mariadb?: Outcome }
  /** Statements written by hand in a migration of their own, after the first: triggers and other things that entities do not carry. */
  readonly byHand?: Partial<Record<MatrixKind, string>>
  /** Run on the live database before the change. */
  readonly rows?: string | Partial<Record<MatrixKind, string>>
  /** Run between Up and Down. */
  readonly between?: string | Partial<Record<MatrixKind, string>>
  readonly answers?: Answers
  /** Absent: Up and Down are proved. A reason why the proof cannot be asked for. */
  readonly unproved?: string
}

/** Runs every behaviour through the whole lifecycle on every database that is here. */
export function matrix(title: string, behaviours: readonly Behaviour[]): void {
  const taken = (opening: Opening): readonly Behaviour[] =>
    behaviours.filter(({ expected }, index) => expected.mariadb !== undefined || takesTurn(opening, index))
  const places = targets.filter((each) => taken(each).length > 0)
  describe.each(places.map((each) => [each.name, each] as const))(`${title} on %s`, (_, opening) => {
    const { kind, product, open } = opening
    let target: MatrixTarget
    beforeAll(async () => {
      target = await open()
    })
    afterAll(async () => {
      await target[Symbol.asyncDispose]()
    })
    for (const behaviour of taken(opening)) {
      const expected = (product === 'mariadb' ? behaviour.expected.mariadb : undefined) ?? behaviour.expected[kind]
      it(expected === NOT_SUPPORTED ? `${behaviour.title} (not supported)` : behaviour.title, async () => {
        if (expected === NOT_SUPPORTED) return
        const root = mkdtempSync(join(tmpdir(), 'yama-matrix-'))
        try {
          await target.reset()
          await live(new MatrixProject(target, root), behaviour, expected)
        } finally {
          rmSync(root, { recursive: true, force: true })
        }
      })
    }
  })
}

/** The life of a schema. Every step asserts; none can be left out. */
async function live(project: MatrixProject, behaviour: Behaviour, expected: Outcome): Promise<void> {
  const { kind } = project.target
  project.entities(behaviour.from)
  // The change is what a case is about; making a schema from nothing is proved again after it.
  await project.generate({ prove: takesAll })
  await project.run({ up: 'latest' })
  if (takesAll) await project.isAsEntitiesSay('the first state')
  const hand = behaviour.byHand?.[kind]
  if (hand !== undefined) {
    project.byHand(hand)
    await project.run({ up: 'latest' })
    await project.hasNothingToGenerate('after what was written by hand')
  }
  const before = await project.observe()
  await project.execute(statementsFor(behaviour.rows, kind))

  project.entities(behaviour.to)
  if (expected.refused !== undefined) {
    await expectRefused(project, behaviour, expected.refused)
    if (expected.refused.partial !== true) expect(await project.observe(), 'the state after a refusal').toEqual(before)
    return
  }
  const reports = await project.generate({
    prove: behaviour.unproved === undefined,
    ...(behaviour.answers === undefined ? {} : { answers: behaviour.answers }),
  })
  const text = reports.migrations.map((migration) => migration.text).join('\n')
  expect(reports.files, text).toHaveLength(expected.files ?? 1)
  await project.losesWhatIsTold(reports)
  for (const word of expected.says ?? []) expect(text).toMatch(word)
  for (const word of expected.never ?? []) expect(text).not.toMatch(word)
  await project.run({ up: 'latest' })
  await project.isAsEntitiesSay(`after Up:\n${text}`)
  const after = await project.observe()
  if (hand === undefined) expect(after, `made in one go, not changed:\n${text}`).toEqual(await project.observedFresh(behaviour.to))
  await project.answers([...(expected.always ?? []), ...(expected.up ?? [])], 'after Up')
  await project.execute(statementsFor(behaviour.between, kind))

  await project.run({ down: reports.files.length })
  expect(await project.observe(), `after Down:\n${text}`).toEqual(before)
  await project.answers([...(expected.always ?? []), ...(expected.down ?? [])], 'after Down')
  await project.run({ up: 'latest' })
  expect(await project.observe(), `after Up again:\n${text}`).toEqual(after)
  await project.answers([...(expected.always ?? []), ...(expected.upAgain ?? expected.up ?? [])], 'after Up again')
  await project.hasNothingToGenerate('at the end')
}

const statementsFor = (given: Behaviour['rows'], kind: MatrixKind): string => (typeof given === 'string' ? given : given?.[kind]) ?? ''

async function expectRefused(
  project: MatrixProject,
  behaviour: Behaviour,
  { at, code, words }: NonNullable<Outcome['refused']>,
): Promise<void> {
  const step = async (): Promise<unknown> => {
    await project.generate({
      prove: at !== 'up' && behaviour.unproved === undefined,
      ...(behaviour.answers === undefined ? {} : { answers: behaviour.answers }),
    })
    return project.run({ up: 'latest' })
  }
  const error: unknown = await step().then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!YamaError.is(error)) throw error ?? new Error('nothing was refused')
  const codes = [error.code, ...diagnosticCodes(error.data)]
  expect(codes, `${error.message} ${JSON.stringify(error.data)}`).toContain(code)
  if (words !== undefined) expect(`${error.message} ${JSON.stringify(error.data ?? {})}`).toMatch(words)
}

function diagnosticCodes(data: unknown): readonly string[] {
  const list = typeof data === 'object' && data !== null && 'diagnostics' in data ? data.diagnostics : []
  return Array.isArray(list) ? list.map((one: { readonly code?: string }) => one.code ?? '') : []
}
