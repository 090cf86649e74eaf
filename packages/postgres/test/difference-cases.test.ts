import { describe, expect, it } from 'vitest'
import { differenceCases, runCase } from './difference-case.ts'
import { CORPUS } from './corpus.ts'
import { connectTo, serverAnswers } from './local-server.ts'

const answers = await serverAnswers()
const missing = CORPUS === undefined ? 'YAMA_CORPUS_DIR is not set' : answers ? undefined : 'no PostgreSQL server answers'
if (missing !== undefined) console.warn(`The difference cases were skipped: ${missing}.`)

/** Every so-manieth case of the corpus; the whole of it is `programmes/difference-cases.ts`. */
const STRIDE = 40
const sample =
  CORPUS === undefined || !answers ? [] : differenceCases(CORPUS).filter((one, index) => index % STRIDE === 7 && one.iso !== true)

/** Explained by name in docs/reference/coverage.md: options that hold a secret are never read, so that no file gets them. */
const EXPLAINED: ReadonlyMap<string, string> = new Map([['sensitive-handling--server-with-sensitive-options', 'dump-differs']])

describe.skipIf(missing !== undefined)(`pairs A → B of other tools${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  it('has cases', () => expect(sample.length).toBeGreaterThan(15))

  it.each(sample.map((one) => [`${one.src}: ${one.name}`, one] as const))('%s', async (_, one) => {
    await using server = await connectTo('postgres')
    const result = await runCase(one, `yama_case_${String(process.pid)}`, server.server.major)
    // What the server does not load and what lies outside the model is counted by the programme, not judged here.
    expect({ outcome: result.outcome, detail: result.detail }).toMatchObject({
      outcome: EXPLAINED.get(one.name) ?? (expect.stringMatching(/^(ok|unmanaged|unloadable)$/) as string),
    })
  })
})
