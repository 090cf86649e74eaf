import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Diagnostic } from '@yama/core'
import { github, gitlab, junit, reviewErrors, sarif, type FindingsReport } from '@yama/review'
import { Ajv } from 'ajv'
import Ajv4 from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')

const nasty = `50% of "users" & <b>'x'</b>, a: b\r\nnext\tline \u0000\u0008\u000B\uFFFE \uD800 ]]> \u{1F600} ::error::x`
const findings: readonly Diagnostic[] = [
  {
    code: 'YAMA_CHECK_EDITED',
    severity: 'error',
    message: nasty,
    hint: 'Undo it.',
    docs: 'docs/errors/YAMA_CHECK_EDITED.md',
    position: { file: 'migrations/a b,c:%ü.sql', line: 3, column: 7 },
    object: nasty,
  },
  { code: 'YAMA_CHECK_NO_DOWN', severity: 'warning', message: 'No way back.', docs: 'https://yama.example/errors/YAMA_CHECK_NO_DOWN' },
  { code: 'YAMA_CHECK_NO_DOWN', severity: 'warning', message: 'No way back.', position: { file: 'migrations/b.sql', line: 0, column: 0 } },
  { code: 'PLUGIN_RULE', severity: 'info', message: 'Said twice.' },
  { code: 'PLUGIN_RULE', severity: 'info', message: 'Said twice.' },
]
const reportOf = (found: readonly Diagnostic[], subjects: FindingsReport['subjects'] = []): FindingsReport => ({
  command: 'review',
  project: nasty,
  version: '0.1.0',
  findings: found,
  subjects,
  inRepository: (file) => `apps/shop/${file}`,
  otherwise: 'yama.config.ts',
  rules: new Map(Object.entries(reviewErrors.specs)),
})
const reports = [
  ['many', reportOf(findings, [{ name: 'c', file: 'migrations/c.sql' }])],
  ['none', reportOf([])],
] as const

test.each(reports)('%s findings are SARIF 2.1.0 as its schema has it', (_, report) => {
  const ajv = new Ajv4.default({
    strict: false,
    allErrors: true,
    // One of its patterns is no regular expression in the strict sense.
    unicodeRegExp: false,
  })
  addFormats.default(ajv)
  const isSarif = ajv.compile(JSON.parse(fixture('sarif-2.1.0-rtm.5.json')) as object)
  const log = JSON.parse(sarif(report)) as { runs: { results: { message: { text: string } }[] }[] }
  expect(isSarif(log) ? [] : isSarif.errors).toEqual([])
  expect(log.runs[0]?.results).toHaveLength(report.findings.length)
  // The schema does refuse what is not SARIF.
  expect(isSarif({ ...log, version: '2.0.0' })).toBe(false)
  expect(isSarif({ ...log, runs: [{ results: [] }] })).toBe(false)
})

test('SARIF names files by URIs below the root, and tells findings apart by fingerprints that lines do not change', () => {
  const { results, tool } = (
    JSON.parse(sarif(reportOf(findings))) as {
      runs: [
        {
          tool: { driver: { rules: { id: string; helpUri?: string; fullDescription?: unknown }[] } }
          results: {
            level: string
            ruleIndex: number
            ruleId: string
            locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[]
            partialFingerprints: Record<string, string>
          }[]
        },
      ]
    }
  ).runs[0]
  expect(results.map(({ level }) => level)).toEqual(['error', 'warning', 'warning', 'note', 'note'])
  expect(results[0]?.locations[0]?.physicalLocation).toMatchObject({
    artifactLocation: { uri: 'apps/shop/migrations/a%20b%2Cc%3A%25%C3%BC.sql' },
    region: { startLine: 3, startColumn: 7 },
  })
  expect(results[1]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('apps/shop/yama.config.ts')
  expect(results[2]?.locations[0]?.physicalLocation.region.startLine).toBe(1)
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
  expect(tool.driver.rules.find(({ id }) => id === 'YAMA_CHECK_EDITED')).not.toHaveProperty('helpUri')
  const prints = results.map(({ partialFingerprints }) => Object.values(partialFingerprints)[0])
  expect(new Set(prints).size).toBe(prints.length)
  const moved = findings.map((finding) =>
    finding.position === undefined ? finding : { ...finding, position: { ...finding.position, line: 99 } },
  )
  expect(sarif(reportOf(moved)).match(/"yamaFinding\/v1": "\w+"/g)).toEqual(sarif(reportOf(findings)).match(/"yamaFinding\/v1": "\w+"/g))
})

test.each(reports)('%s findings are JUnit XML as Jenkins has it', async (_, report) => {
  const xsd = fixture('jenkins-junit.xsd')
  const valid = async (xml: string): Promise<readonly string[]> => {
    const { errors } = await validateXML({
      xml: [{ fileName: 'junit.xml', contents: xml }],
      schema: [{ fileName: 'junit.xsd', contents: xsd }],
    })
    return errors.map(({ message }) => message)
  }
  const xml = junit(report)
  expect(await valid(xml)).toEqual([])
  // The validator does refuse what is not.
  expect(await valid(xml.replaceAll('<testcase name=', '<testcase nome='))).not.toEqual([])
  expect(await valid(xml.replace('name="', 'name="<'))).not.toEqual([])
})

test('JUnit fails for errors alone, and has a passed test for each quiet migration', () => {
  const xml = junit(
    reportOf(findings, [
      { name: 'quiet', file: 'migrations/quiet.sql' },
      { name: 'b', file: 'migrations/b.sql' },
    ]),
  )
  expect(xml.match(/<failure/g)).toHaveLength(1)
  expect(xml).toContain('tests="6" failures="1"')
  expect(xml).toContain('<testcase name="quiet" classname="yama review" time="0"/>')
  expect(xml).not.toContain('name="b"')
  expect(xml).not.toMatch(/[\u0000-\u0008\u000B\uFFFE]/)
})

/** The fields that docs.gitlab.com/ci/testing/code_quality ("Import Code Quality results from a CI/CD job") lists. */
const codeQuality = {
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'location', 'severity'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          // Relative to the repository, without `./`.
          path: { type: 'string', pattern: '^(?!\\./|/)' },
          lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } },
        },
      },
    },
  },
}

test.each(reports)('%s findings are what GitLab takes as Code Quality', (_, report) => {
  const isReport = new Ajv().compile(codeQuality)
  const issues = JSON.parse(gitlab(report)) as { fingerprint: string }[]
  expect(isReport(issues) ? [] : isReport.errors).toEqual([])
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(report.findings.length)
})

/** As the runner takes a command apart: github.com/actions/runner, ActionCommand. */
function parseCommand(line: string): {
  readonly command: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
} {
  const [, command = '', list = '', data = ''] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? []
  const plain = (text: string): string => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
  const properties = list.split(',').map((pair) => {
    const at = pair.indexOf('=')
    return [
      pair.slice(0, at),
      plain(
        pair
          .slice(at + 1)
          .replaceAll('%3A', ':')
          .replaceAll('%2C', ','),
      ),
    ]
  })
  return { command, properties: Object.fromEntries(properties) as Record<string, string>, data: plain(data) }
}

test('GitHub annotations come back as they were, the worst first, one line each', () => {
  const lines = github(reportOf(findings.toReversed())).trimEnd().split('\n')
  expect(lines).toHaveLength(findings.length)
  const parsed = lines.map(parseCommand)
  expect(parsed.map(({ command }) => command)).toEqual(['error', 'warning', 'warning', 'notice', 'notice'])
  expect(parsed[0]).toEqual({
    command: 'error',
    properties: { file: 'apps/shop/migrations/a b,c:%ü.sql', line: '3', col: '7', title: 'YAMA_CHECK_EDITED' },
    data: `${nasty} Undo it.`,
  })
  expect(github(reportOf([]))).toBe('')
})
