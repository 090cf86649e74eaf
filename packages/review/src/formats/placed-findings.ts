import { sha256Hex, type Diagnostic } from '@yama/core'
import type { FindingsReport } from '../contract/findings-report.ts'

/** A finding with the place and the name that every format needs. */
export interface PlacedFinding {
  readonly finding: Diagnostic
  /** Relative to the repository, with `/`. */
  readonly file: string
  readonly line: number
  readonly column: number
  /** The same for the same finding in another run, wherever its lines went; of its own among the findings of one. */
  readonly fingerprint: string
}

/** The findings with a place each. */
export function placedFindings({ findings, inRepository, otherwise }: FindingsReport): readonly PlacedFinding[] {
  const seen = new Map<string, number>()
  return findings.map((finding) => {
    const file = inRepository(finding.position?.file ?? otherwise)
    const key = [finding.code, file, finding.object ?? '', finding.message].join('\n')
    const times = seen.get(key) ?? 0
    seen.set(key, times + 1)
    return {
      finding,
      file,
      line: Math.max(1, finding.position?.line ?? 1),
      column: Math.max(1, finding.position?.column ?? 1),
      fingerprint: sha256Hex(`${key}\n${times}`).slice(0, 32),
    }
  })
}

/** What it says and what to do, in one text. */
export const wholeMessage = ({ message, hint }: Diagnostic): string => (hint === undefined || hint === '' ? message : `${message} ${hint}`)
