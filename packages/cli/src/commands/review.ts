import type { Diagnostic } from '@yama/core'
import type { ReviewDocument } from '@yama/review'
import { findingFormats, findingsReport, findingWriters } from '../output/findings-report.ts'
import { reportOptions, reportOutputs, writeReports } from '../output/report-files.ts'
import type { CliCommand } from '../program/command.ts'
import { text, texts } from '../program/option-values.ts'
import { postReview } from '../program/post-review.ts'
import { reviewChange } from '../program/review-change.ts'

const FORMATS = ['markdown', 'html', 'json', ...findingFormats] as const

export const review: CliCommand = {
  name: 'review',
  summary: 'Write one document about what a change would do, for a pull request.',
  description:
    'Gathers what is new here against a git reference, or pending in an environment: SQL up and down, what it locks, rewrites and loses, findings, objects and what depends on them, the difference of the schema, owners and approvals. `--comment` writes it to the pull request, over the comment of the last run; nothing else is sent anywhere.',
  options: [
    {
      flags: '--base <ref>',
      description: 'what is new against this git reference: `origin/main`; without, what is pending in the environment',
    },
    { flags: '--state <file>', description: 'and what an environment would do, from `yama state export`', repeatable: true },
    ...reportOptions(FORMATS, 'markdown'),
    {
      flags: '--comment [system]',
      description:
        'write it to the pull request, `github` or `gitlab`; by default where the job runs. The token comes from the environment',
      choices: ['github', 'gitlab'],
    },
    { flags: '--fail-on <severity>', description: 'exit 3 where a finding is as bad', choices: ['error', 'warning'] },
    { flags: '--files-only', description: 'no scratch database: without the difference of the schema' },
  ],
  examples: [
    'yama review --base origin/main',
    'yama review --base origin/main --comment --output review.md --output sarif=review.sarif',
    'yama review --base origin/main --state prod.json',
    'yama review --env prod --format html --output review.html',
  ],
  run: async (context, input) => {
    const outputs = reportOutputs(input.options, FORMATS)
    const { html, markdown } = await import('@yama/review')
    const { document, inRepository, exitCode } = await reviewChange(context, {
      base: text(input.options['base']),
      filesOnly: input.options['filesOnly'] === true,
      states: texts(input.options['state']),
    })
    const report = await findingsReport(context, 'review', document.findings, document.migrations, inRepository)
    const writers = await findingWriters()
    const render = (format: (typeof FORMATS)[number]): string => {
      if (format === 'markdown') return markdown(document)
      if (format === 'html') return html(document)
      return format === 'json' ? `${JSON.stringify(document, null, 2)}\n` : writers[format](report)
    }
    const written = await writeReports(outputs, context.globals.cwd, render)
    const comment = await postReview(context, document, input.options['comment'], outputs.files)
    const failed = exitCode ?? failure(document, text(input.options['failOn']))
    return {
      data: { document, written, ...(comment.posted === undefined ? {} : { comment: comment.posted }) },
      text:
        outputs.printed === undefined ? [document.summary, ...written.map((file) => `wrote ${file}`)].join('\n') : render(outputs.printed),
      exitCode: comment.exitCode ?? failed,
      reason: comment.diagnostics[0]?.code ?? (failed === 0 ? 'ok' : 'findings'),
      // For people they are in the document.
      diagnostics: [...(context.globals.json === false ? [] : document.findings), ...comment.diagnostics],
    }
  },
}

function failure({ findings }: ReviewDocument, worst: string | undefined): number {
  const counts: readonly Diagnostic['severity'][] = worst === 'warning' ? ['error', 'warning'] : worst === 'error' ? ['error'] : []
  return findings.some(({ severity }) => counts.includes(severity)) ? 3 : 0
}
