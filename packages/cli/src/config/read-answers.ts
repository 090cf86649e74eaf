import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { authoringErrors, type Answers } from '@yama/authoring'
import { parse } from 'yaml'

/** The answers of a `--decide` file. Rejects with YAMA_DECISION_FILE. */
export async function readAnswers(file: string, cwd: string): Promise<Answers> {
  const refuse = (reason: string, cause?: unknown): Error => authoringErrors.YAMA_DECISION_FILE({ file, reason }, { cause })
  let value: unknown
  try {
    value = parse(await readFile(resolve(cwd, file), 'utf8'))
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    throw refuse(missing ? 'it does not exist' : error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error), error)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse('it is not a map')
  const bad = Object.entries(value).find(([, answer]) => typeof answer !== 'string')
  if (bad !== undefined) throw refuse(`the answer of ${bad[0]} is not a text`)
  return value as Answers
}
