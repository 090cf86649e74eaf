import { YamaError } from '@yama/core'
import { expect } from 'vitest'
import { type LexerRules, semanticTokens, splitStatements, tokenize } from '@yama/sql'

const onlyTrivia = new Set(['space', 'comment', 'directive', 'hint', 'terminator'])

/**
 * Nothing is lost: tokens joined are the text, each statement is the slice at its offset, and between statements there
 * are only comments, white space and terminators. Returns the code where the text is refused.
 */
export function expectLossless(text: string, rules: LexerRules): string | undefined {
  expect(
    tokenize(text, rules)
      .map((token) => token.text)
      .join(''),
  ).toBe(text)
  // Between statements there may also be a delimiter of the file's own.
  const delimiter = rules.delimiterCommand && /\bdelimiter\b/i.test(text)
  try {
    semanticTokens(text, rules)
    let at = 0
    for (const statement of splitStatements(text, rules)) {
      expect(statement.offset).toBeGreaterThanOrEqual(at)
      expect(text.slice(statement.offset, statement.offset + statement.text.length)).toBe(statement.text)
      if (!delimiter) expectTrivia(text.slice(at, statement.offset), rules)
      const lines = text.slice(0, statement.offset).split(/\r\n|\r|\n/)
      const last = lines.at(-1) ?? ''
      expect([statement.line, statement.column]).toEqual([
        lines.length,
        last.length + (lines.length === 1 && text.startsWith('\ufeff') ? 0 : 1),
      ])
      at = statement.offset + statement.text.length
    }
    if (!delimiter) expectTrivia(text.slice(at), rules)
    return undefined
  } catch (error) {
    if (!YamaError.is(error)) throw error
    expect(error.position?.line).toBeGreaterThan(0)
    return error.code
  }
}

const expectTrivia = (gap: string, rules: LexerRules): void => {
  const kinds = tokenize(gap, rules).filter((token) => !onlyTrivia.has(token.kind))
  expect(kinds).toEqual([])
}
