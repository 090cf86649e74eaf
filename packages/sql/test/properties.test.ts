import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lexerRules, quoteIdentifier, quoteLiteral, semanticTokens, splitStatements, tokenize } from '@yama/sql'
import { expectLossless } from './lossless.ts'

const piece = fc.oneof(
  fc.constantFrom(
    "'",
    "''",
    '"',
    '`',
    '[',
    ']',
    '$$',
    '$a$',
    '$',
    '/*',
    '*/',
    '--',
    '#',
    '\n',
    '\r\n',
    '\r',
    ';',
    '(',
    ')',
    '\\',
    '-- yama:x',
    '/*!',
    '/*+',
    'CREATE TRIGGER',
    'CREATE FUNCTION',
    'BEGIN',
    'ATOMIC',
    'END',
    'CASE',
    'IF',
    'LOOP',
    ' ',
    'delimiter ',
    'DELIMITER //\n',
    '//',
    "E'",
    "U&'",
    ':a',
    '@',
    '$1',
    '1e-5',
    '0x1F',
    '1..2',
    '->>',
    '\ufeff',
    'ä',
    '😀',
    'COPY',
    'FROM STDIN',
  ),
  fc.string({ maxLength: 5 }),
)
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))
const options = { seed: 20_261_120, numRuns: 2000 }

for (const rules of Object.values(lexerRules)) {
  test(`${rules.kind}: any text is split or refused, never changed`, () => {
    fc.assert(
      fc.property(text, (sql) => void expectLossless(sql, rules)),
      options,
    )
  })
  test(`${rules.kind}: a literal is one string token and a quoted name one name`, () => {
    const words = fc.string({ minLength: 1, unit: 'binary' }).filter((value) => !value.includes('\0'))
    fc.assert(
      fc.property(words, (value) => {
        expect(tokenize(quoteLiteral(value, rules.kind), rules)).toMatchObject([{ kind: 'string', closed: true }])
        const name = tokenize(quoteIdentifier(value, rules.kind), rules)
        expect(name).toHaveLength(1)
        expect(['word', 'identifier']).toContain(name[0]?.kind)
      }),
      options,
    )
  })
  test(`${rules.kind}: comments and white space do not change the meaning, anything else does`, () => {
    const token = fc.constantFrom('select', 'a', "'x  y'", '1', '(', ')', ',', '"N  n"', '<', '=')
    fc.assert(
      fc.property(
        fc.array(token, { minLength: 1, maxLength: 20 }),
        fc.array(fc.constantFrom(' ', '\r\n', ' /* c */ ', '\t-- c\n'), { minLength: 21, maxLength: 21 }),
        (tokens, gaps) => {
          const plain = tokens.join(' ')
          expect(semanticTokens(tokens.map((word, i) => word + gaps[i]).join('') + ';', rules)).toBe(semanticTokens(plain, rules))
          expect(semanticTokens(`${plain} b`, rules)).not.toBe(semanticTokens(plain, rules))
        },
      ),
      options,
    )
  })
}

test('60 kB of openings that never close take linear time', () => {
  for (const rules of Object.values(lexerRules)) {
    for (const opening of ['/*', "'", '$a', '$a$b', '(', '"', '-- x\r', 'CREATE TRIGGER ', '#\r', '[', "E'\\", '+-']) {
      const sql = opening.repeat(Math.ceil(60_000 / opening.length))
      const start = process.cpuUsage()
      tokenize(sql, rules)
      try {
        splitStatements(sql, rules)
      } catch {
        // refused is fine here
      }
      // CPU time, so that a busy machine does not fail it; quadratic would be minutes.
      expect(process.cpuUsage(start).user / 1000, `${rules.kind} ${opening}`).toBeLessThan(3000)
    }
  }
})
