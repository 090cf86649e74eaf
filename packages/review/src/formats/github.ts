import type { Diagnostic } from '@yama/core'
import type { FindingsReport } from '../contract/findings-report.ts'
import { placedFindings, wholeMessage } from './placed-findings.ts'

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<Diagnostic['severity'], string>
const WORST_FIRST: readonly Diagnostic['severity'][] = ['error', 'warning', 'info']

/** Findings as workflow commands of GitHub Actions, which shows them at their lines. The worst come first: of each kind it shows ten a step. */
export function github(report: FindingsReport): string {
  return placedFindings(report)
    .toSorted((a, b) => WORST_FIRST.indexOf(a.finding.severity) - WORST_FIRST.indexOf(b.finding.severity))
    .map(({ finding, file, line, column }) => {
      const place = [`file=${property(file)}`, `line=${line}`, `col=${column}`, `title=${property(finding.code)}`].join(',')
      return `::${COMMANDS[finding.severity]} ${place}::${data(wholeMessage(finding))}\n`
    })
    .join('')
}

/** As the runner takes it back: github.com/actions/toolkit, packages/core/src/command.ts. */
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
