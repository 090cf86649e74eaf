import type { Answers, Decision, GenerateReport } from '@yama/authoring'
import type { CliCommand, CommandOutcome } from '../program/command.ts'
import type { CliContext } from '../program/cli-context.ts'
import { text } from '../program/option-values.ts'
import { gatherLossy } from '../output/gather-lossy.ts'
import { readAnswers } from '../config/read-answers.ts'
import { askDecisions } from '../output/ask-decisions.ts'

export const generate: CliCommand = {
  name: 'generate',
  summary: 'Write the migration from the history to the entities.',
  description:
    'Replays the migrations in a scratch database, compares the result with the entities and writes one migration with Up and Down. Nothing to do exits 0. A rename is never guessed: `was:` in the entity, a question on a terminal, or exit 4 with the decisions that are needed.',
  arguments: [{ name: '[name]', description: 'words for the file name; made from the change when left out' }],
  options: [
    { flags: '--preview', description: 'print the migration, write nothing' },
    { flags: '--prove', description: 'apply Up and Down on a clone with rows; the default where CI is set' },
    { flags: '--no-prove', description: 'leave the proof out' },
    { flags: '--decide <file>', description: 'YAML or JSON with an answer for each question' },
    { flags: '--phase <phase>', description: 'phase of the migration', choices: ['expand', 'migrate', 'contract'] },
    { flags: '--ticket <id>', description: 'ticket, for the header' },
    { flags: '--description <text>', description: 'description, for the header' },
  ],
  examples: [
    'yama generate',
    'yama generate add_phone --ticket IDN-12',
    'yama generate --preview',
    'yama generate --decide decisions.yaml',
  ],
  run: async (context, input) => {
    const authoring = await import('@yama/authoring')
    const project = await context.authoring()
    const { config } = await context.project()
    const decide = text(input.options['decide'])
    const prove = typeof input.options['prove'] === 'boolean' ? input.options['prove'] : (process.env['CI'] ?? '') !== ''
    const answers: Answers = decide === undefined ? {} : await readAnswers(decide, context.globals.cwd)
    const report = await authoring.generate(project, {
      answers,
      prove,
      preview: input.options['preview'] === true,
      ...(context.globals.interactive ? { ask: (open: readonly Decision[]) => askDecisions(open, context.signal) } : {}),
      ...optional('name', text(input.arguments[0])),
      ...optional('ticket', text(input.options['ticket'])),
      ...optional('description', text(input.options['description'])),
      ...optional('phase', text(input.options['phase']) as 'expand' | 'migrate' | 'contract' | undefined),
      ...optional('numbering', config.numbering),
    })
    return describe(context, report)
  },
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V }
}

function describe(context: CliContext, report: GenerateReport): CommandOutcome {
  if (report.status === 'empty') {
    return {
      data: { status: 'empty' },
      text: 'Nothing to generate: the migrations already lead to the entities.',
      diagnostics: gatherLossy(report.diagnostics),
      reason: 'no changes',
    }
  }
  const { color } = context
  const actions = report.told.map(({ action: { title }, loss, loses, reversibility }) => {
    const cost = loss === 'none' ? '' : color.red(`  ${loss === 'certain' ? 'loses' : 'may lose'} ${loses ?? 'data'}`)
    return `  ${loss === 'certain' ? color.red(title) : title}${cost}${color.dim(`  way back: ${reversibility}`)}`
  })
  return {
    data: {
      status: report.status,
      files: report.files,
      sql: report.migrations.map(({ text: sql }) => sql),
      actions: report.up.map(({ title, sql, lock, rewrite, loss, loses, reversibility, because }) => ({
        title,
        sql,
        lock,
        rewrite,
        loss,
        ...(loses === undefined ? {} : { loses }),
        reversibility,
        because,
      })),
      reversibility: report.reversibility,
      down: report.down.map(({ title, sql, loss, loses }) => ({ title, sql, loss, ...(loses === undefined ? {} : { loses }) })),
      proof: report.proof ?? null,
      scratch: report.scratch ?? null,
    },
    text:
      report.status === 'preview'
        ? report.migrations.map(({ text: sql }) => sql).join('\n')
        : [
            ...report.files.map((file) => `${color.green('wrote')} ${file}`),
            ...actions,
            wayBack(report),
            ...(report.proof === undefined ? [] : [`proved: ${report.proof.summary}`, ...proofNotes(report.proof.notes).map(color.dim)]),
          ].join('\n'),
    diagnostics: gatherLossy(report.diagnostics),
  }
}

/** The class is about what is there before Up; what Down itself removes was written since, and is named. */
function wayBack({ reversibility, down }: Extract<GenerateReport, { readonly status: 'written' | 'preview' }>): string {
  const words = {
    lossless: 'lossless: what is there now comes back',
    lossy: 'lossy: the schema comes back, the data that Up removes does not',
    irreversible: 'irreversible: there is none',
  }[reversibility]
  const since = [...new Set(down.flatMap(({ loss, loses }) => (loss === 'none' || loses === undefined ? [] : [loses])))]
  const shown = since.length > 3 ? `${since.slice(0, 3).join(', ')} and ${since.length - 3} more` : since.join(', ')
  return since.length === 0 ? `way back: ${words}` : `way back: ${words}; Down itself removes ${shown}`
}

/** What the proof left out or came upon; `--json` has all of it. */
const proofNotes = (notes: readonly string[]): readonly string[] => [
  ...notes.slice(0, 10).map((note) => `  ${note}`),
  ...(notes.length > 10 ? [`  and ${notes.length - 10} more`] : []),
]
