import type { Diagnostic } from '@yama/core'
import type { FindingsReport } from '../contract/findings-report.ts'
import { placedFindings, wholeMessage } from './placed-findings.ts'

const SEVERITIES = { error: 'critical', warning: 'minor', info: 'info' } as const satisfies Record<Diagnostic['severity'], string>

/** Findings as GitLab's Code Quality report (docs.gitlab.com/ci/testing/code_quality), for `artifacts: reports: codequality`. */
export function gitlab(report: FindingsReport): string {
  const issues = placedFindings(report).map(({ finding, file, line, fingerprint }) => ({
    description: wholeMessage(finding),
    check_name: finding.code,
    fingerprint,
    severity: SEVERITIES[finding.severity],
    location: { path: file, lines: { begin: line } },
  }))
  return `${JSON.stringify(issues, null, 2)}\n`
}
