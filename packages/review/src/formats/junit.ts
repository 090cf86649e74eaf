import type { FindingsReport } from '../contract/findings-report.ts'
import { placedFindings, wholeMessage, type PlacedFinding } from './placed-findings.ts'

/**
 * Findings as JUnit XML: a failed test for each error, a passed one with its text for each warning and note, and a passed one for
 * each migration about which there is nothing to say.
 */
export function junit(report: FindingsReport): string {
  const placed = placedFindings(report)
  const suite = `yama ${report.command}`
  const spoken = new Set(placed.map(({ file }) => file))
  const quiet = report.subjects.filter(({ file }) => !spoken.has(report.inRepository(file)))
  const cases = [
    ...placed.map((finding) => testCase(finding, suite)),
    ...quiet.map(({ name }) => `    <testcase name="${attribute(name)}" classname="${attribute(suite)}" time="0"/>`),
  ]
  // Some readers take a suite without a test for a failure.
  if (cases.length === 0) cases.push(`    <testcase name="nothing to say" classname="${attribute(suite)}" time="0"/>`)
  const failures = placed.filter(({ finding }) => finding.severity === 'error').length
  const counts = `tests="${cases.length}" failures="${failures}" errors="0"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${attribute(suite)}" ${counts} time="0">`,
    `  <testsuite name="${attribute(`${suite} ${report.project}`)}" ${counts} skipped="0" time="0">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function testCase({ finding, file, line }: PlacedFinding, suite: string): string {
  const name = `${finding.code} ${file}:${line}`
  const text = `${wholeMessage(finding)}\n${file}:${line}`
  const inner =
    finding.severity === 'error'
      ? `<failure type="${attribute(finding.code)}" message="${attribute(finding.message)}">${content(text)}</failure>`
      : `<system-out>${content(`${finding.severity}: ${text}`)}</system-out>`
  return `    <testcase name="${attribute(name)}" classname="${attribute(suite)}" time="0">${inner}</testcase>`
}

/** Characters that XML 1.0 has not, escaped or not: https://www.w3.org/TR/xml/#charsets */
const ILLEGAL = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

const content = (text: string): string =>
  text.replaceAll(ILLEGAL, '\uFFFD').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;')

const attribute = (text: string): string => content(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')
