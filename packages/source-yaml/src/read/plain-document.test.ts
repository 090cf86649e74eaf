import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createReport } from '../errors/report.ts'
import { knownDocument } from './known-document.ts'
import { plainDocument } from './plain-document.ts'
import { readDocuments } from './read-documents.ts'
import type { EntityFileData } from '../schema/types.ts'

/** What the parser of YAML makes of it, and what it complains about. */
function parsed(text: string) {
  const report = createReport()
  const documents = readDocuments(text, 'a.yaml', report)
  const [source] = documents
  const known =
    source === undefined || documents.length > 1 || report.found.length > 0
      ? undefined
      : knownDocument({ source, data: source.data as EntityFileData, broken: new Set() })
  if (known === undefined) return undefined
  const order = known.paths.map((_, at) => at).toSorted((a, b) => ((known.paths[a] ?? '') < (known.paths[b] ?? '') ? -1 : 1))
  return { data: known.data, places: order.map((at) => [known.paths[at], known.lines[at], known.columns[at]]) }
}

function plain(text: string) {
  const found = plainDocument(text)
  if (found === undefined) return undefined
  const order = found.paths.map((_, at) => at).toSorted((a, b) => ((found.paths[a] ?? '') < (found.paths[b] ?? '') ? -1 : 1))
  return { data: found.data, places: order.map((at) => [found.paths[at], found.lines[at], found.columns[at]]) }
}

const expectSame = (text: string): boolean => {
  const found = plain(text)
  if (found !== undefined) expect(found, JSON.stringify(text)).toEqual(parsed(text))
  return found !== undefined
}

describe('the plainest YAML', () => {
  const scalars = [
    'text!',
    "text! = ('new'::text)",
    'decimal(10, 2)? = 0',
    '1',
    '-3',
    '007',
    '1.5',
    '1e3',
    '0x1f',
    'true',
    'True',
    'null',
    'Null',
    '~',
    '',
    '"a # b"',
    "'it''s'",
    '"a\\n"',
    "'open",
    '{}',
    '[]',
    '{ a: 1, b: [ c desc, d ] }',
    '[ {a: x}, "y" ]',
    '{ a: enum(x, y)! }',
    '[ a: b ]',
    '{ a }',
    '{ a: , b: 1 }',
    '[ a, ]',
    '[a, [b, {c: d}]]',
    'a: b',
    'a #b',
    'a#b',
    '#c',
    '- x',
    '-x',
    '|',
    '> x',
    '&a b',
    '*a',
    '!t x',
    '@x',
    '`x`',
    '%x',
    '? x',
    ':x',
    'x:',
    'http://x:80/y',
    '{ u: http://x, v: a:b }',
    '[ -1, - 1 ]',
    '<<',
    '=',
    '.5',
    '.inf',
    '..',
    '---',
    '...',
    'a  b',
    'é ü',
    'a,b]',
    '2020-01-01',
    '1_000',
    '12 34',
    'yes',
    'off',
    '0',
    '-0',
    '00',
    '+1',
    '9007199254740993',
    '[ ]x',
    '{ a: 1 } x',
    '"a" b',
  ]
  const usual = [
    'text!',
    "text! = ('new'::text)",
    'decimal(10, 2)? = 0',
    '1',
    'true',
    "'it''s'",
    '"x y"',
    '',
    '{ a: 1, b: [ c desc, d ] }',
    '[ x ]',
  ]
  const scalar = fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...scalars) })
  const key = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom('a', 'b', 'c1', 'a.b', 'k-e$', 'constructor') },
    { weight: 1, arbitrary: fc.constantFrom('null', 'é', '"q"', '__proto__', '1') },
  )
  const { text } = fc.letrec<{ readonly text: (indent: number) => string; readonly below: (indent: number) => string }>((tie) => ({
    text: fc
      .tuple(
        fc.uniqueArray(key, { minLength: 1, maxLength: 4 }),
        fc.array(tie('below'), { minLength: 4, maxLength: 4 }),
        fc.constantFrom('', '', '# c\n', '\n'),
      )
      .map(
        ([keys, values, between]) =>
          (indent: number) =>
            keys.map((key, at) => `${' '.repeat(indent)}${key}:${values[at]?.(indent) ?? ''}\n${between}`).join(''),
      ),
    below: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar.map((each) => () => ` ${each}`),
      fc.tuple(tie('text'), fc.constantFrom(1, 2, 4)).map(
        ([inner, more]) =>
          (indent: number) =>
            `\n${inner(indent + more).trimEnd()}`,
      ),
      fc
        .tuple(
          fc.array(
            fc.oneof(
              scalar.map((each) => () => each),
              tie('text'),
            ),
            { minLength: 1, maxLength: 3 },
          ),
          fc.constantFrom(0, 2),
        )
        .map(
          ([items, more]) =>
            (indent: number) =>
              items.map((item) => `\n${' '.repeat(indent + more)}- ${item(indent + more + 2).trim()}`).join(''),
        ),
    ),
  }))
  const mark = fc.constantFrom(
    '',
    ' ',
    '  ',
    '\n',
    ':',
    ': ',
    '-',
    '- ',
    '#',
    ' #',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ',',
    '!',
    '&',
    '*',
    '|',
    '>',
    '%',
    '@',
    '?',
    '\t',
    '\r',
    '\u00a0',
    '\ufeff',
    '---\n',
    '1',
  )
  const written = fc.tuple(text, fc.option(fc.tuple(fc.nat(), mark, fc.nat({ max: 2 })), { freq: 2 })).map(([render, change]) => {
    const whole = render(0)
    if (change === null) return whole
    const [place, inserted, removed] = change
    const at = place % (whole.length + 1)
    return whole.slice(0, at) + inserted + whole.slice(at + removed)
  })

  test('is read as the parser of YAML reads it, or left to that: any lines', () => {
    let read = 0
    fc.assert(
      fc.property(written, (text) => {
        if (expectSame(text)) read++
      }),
      { seed: 1, numRuns: Number(process.env['YAMA_YAML_RUNS'] ?? 3_000) },
    )
    expect(read).toBeGreaterThan(200)
  })

  test('is read as the parser of YAML reads it, or left to that: each scalar in each place', () => {
    let read = 0
    for (const scalar of scalars)
      for (const around of [
        `a: ${scalar}`,
        `a:\n  - ${scalar}\n  - b`,
        `a: { b: ${scalar} }`,
        `a: [ ${scalar}, c ]`,
        `a:\n  b: ${scalar}\nc: d`,
      ])
        if (expectSame(around)) read++
    expect(read).toBeGreaterThan(100)
  })

  test('is what the guide shows and what the tests of this package are written in, mostly', () => {
    const home = fileURLToPath(new URL('../../../../docs', import.meta.url))
    const pages = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))
    const blocks = pages.flatMap((name) =>
      [...readFileSync(`${home}/${name}`, 'utf8').matchAll(/```ya?ml[^\n]*\n(.*?)```/gs)].map(([, text = '']) => text),
    )
    const read = blocks.filter((text) => !text.includes('compat:') && expectSame(text)).length
    expect(read).toBeGreaterThan(blocks.length / 3)
  })
})
