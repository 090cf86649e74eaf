import type { Diagnostic } from '@yama/core'
import type { FindingsReport } from '../contract/findings-report.ts'
import { placedFindings, wholeMessage } from './placed-findings.ts'
import { uriPart } from './uri-part.ts'

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Diagnostic['severity'], string>

/**
 * Findings as SARIF 2.1.0, which GitHub code scanning and others read. Rules are the codes, with what `yama explain` says;
 * fingerprints stay the same when lines move.
 */
export function sarif(report: FindingsReport): string {
  const placed = placedFindings(report)
  const codes = [...new Set(report.findings.map(({ code }) => code))].toSorted()
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'Yama', semanticVersion: report.version, rules: codes.map((code) => rule(code, report)) },
        },
        automationDetails: { id: `yama/${report.command}/${uriPart(report.project)}/` },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { description: { text: 'The root of the repository.' } } },
        results: placed.map(({ finding, file, line, column, fingerprint }) => ({
          ruleId: finding.code,
          ruleIndex: codes.indexOf(finding.code),
          level: LEVELS[finding.severity],
          message: { text: wholeMessage(finding) },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uriOf(file), uriBaseId: 'SRCROOT' },
                region: { startLine: line, startColumn: column },
              },
              ...(finding.object === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: finding.object }] }),
            },
          ],
          partialFingerprints: { 'yamaFinding/v1': fingerprint },
        })),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function rule(code: string, { rules, findings }: FindingsReport): Readonly<Record<string, unknown>> {
  const spec = rules.get(code)
  const docs = findings.find((finding) => finding.code === code)?.docs
  return {
    id: code,
    ...(spec === undefined ? {} : { shortDescription: { text: withoutHoles(spec.message) }, fullDescription: { text: spec.explain } }),
    help: { text: `${spec === undefined ? '' : `${withoutHoles(spec.hint)} `}Explained by: yama explain ${code}` },
    // A link has to be whole; in the repository's own documentation it is not.
    ...(docs !== undefined && /^https?:\/\//.test(docs) ? { helpUri: docs } : {}),
  }
}

/** `{file}` is filled in for each finding. */
const withoutHoles = (text: string): string => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase())

const uriOf = (file: string): string => file.split('/').map(uriPart).join('/')
