import type { Diagnostic } from '@yama/core'
import type { FindingsReport } from '@yama/review'
import { catalogue } from '../errors/catalogue.ts'
import type { CliContext } from '../program/cli-context.ts'
import { shownPath } from '../program/load-project.ts'
import { toolVersion } from '../program/tool-version.ts'

/** Formats of findings that machines read. */
export const findingFormats = ['sarif', 'junit', 'gitlab', 'github'] as const
export type FindingFormat = (typeof findingFormats)[number]

/** Findings of a command, ready for any of the formats. */
export async function findingsReport(
  context: CliContext,
  command: FindingsReport['command'],
  findings: readonly Diagnostic[],
  subjects: FindingsReport['subjects'],
  inRepository?: FindingsReport['inRepository'],
): Promise<FindingsReport> {
  const { repositoryPlace } = await import('@yama/review')
  const { root, file, config, migrationsDirectory } = await context.project()
  return {
    command,
    project: config.project ?? 'default',
    version: toolVersion(),
    findings,
    subjects,
    inRepository: inRepository ?? (await repositoryPlace(root)).inRepository,
    otherwise: file ?? shownPath(root, migrationsDirectory),
    rules: await catalogue(),
  }
}

/** The text of a report in one of the formats. */
export async function findingWriters(): Promise<Readonly<Record<FindingFormat, (report: FindingsReport) => string>>> {
  const { github, gitlab, junit, sarif } = await import('@yama/review')
  return { sarif, junit, gitlab, github }
}
