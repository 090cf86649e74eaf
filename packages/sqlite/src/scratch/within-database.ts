import { schemaErrors } from '@yama/schema'
import { lexerRules, significantTokens } from '@yama/sql'

const WORTH_READING = /\b(?:ATTACH|VACUUM)\b/i
/** `ATTACH DATABASE ':memory:' AS x` and `''`, a temporary file of its own. */
const OWN = /^(['"])(?::memory:)?\1$/i

/** A statement as it is run in a throw-away database. Throws YAMA_SCRATCH_OUTSIDE for one that opens or writes another file. */
export function withinDatabase(sql: string): string {
  if (!WORTH_READING.test(sql)) return sql
  const words = significantTokens(sql, lexerRules.sqlite)
  const verb = words[0]?.text
  if (verb === 'ATTACH') {
    const file = words[words[1]?.text === 'DATABASE' ? 2 : 1]?.raw ?? ''
    if (!OWN.test(file)) throw schemaErrors.YAMA_SCRATCH_OUTSIDE({ what: `the file ${file}` })
  }
  if (verb === 'VACUUM' && words.some(({ text }) => text === 'INTO'))
    throw schemaErrors.YAMA_SCRATCH_OUTSIDE({ what: `the file ${words[words.findIndex(({ text }) => text === 'INTO') + 1]?.raw ?? ''}` })
  return sql
}
