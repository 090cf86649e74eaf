import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { PortReport } from '@yama/authoring'
import type { DatabaseKind } from '@yama/core'
import { writeWhole } from '@yama/core/files'
import { readAnswers } from '../config/read-answers.ts'
import { cliErrors } from '../errors/errors.ts'
import { describePort } from '../output/describe-port.ts'
import type { CliCommand } from '../program/command.ts'
import { text } from '../program/option-values.ts'
import { portTarget } from '../program/port-target.ts'

const KINDS = ['postgres', 'mysql', 'mariadb', 'sqlite'] as const satisfies readonly DatabaseKind[]

export const port: CliCommand = {
  name: 'port',
  summary: 'Turn the entities into those of another database.',
  description:
    'Writes a project for another database from the entities: types, defaults, keys, checks and indexes in its words, and a first migration. Whatever has no exact counterpart is listed with its place and what is lost, and is a question: answered in a file, in the entities, or with --defaults; exit 4 while one is open. Existing migrations and rows are not translated.',
  options: [
    { flags: '--to <database>', description: 'the database to write for', choices: [...KINDS] },
    { flags: '--out <directory>', description: 'directory of the new project, default the name of the database' },
    { flags: '--decide <file>', description: 'YAML or JSON with an answer for each question' },
    { flags: '--defaults', description: 'take the first answer of every question that has none' },
    { flags: '--dry-run', description: 'report, write nothing' },
    { flags: '--force', description: 'write over what is in the directory' },
    { flags: '--dev-url <url>', description: 'server of the target on which the result is built as a proof' },
  ],
  examples: [
    'yama port --to mysql --dry-run --defaults',
    'yama port --to sqlite --out sqlite --decide answers.yaml',
    'yama port --to mariadb --defaults --dev-url mariadb://root@localhost/dev',
  ],
  run: async (context, input) => {
    const kind = KINDS.find((each) => each === input.options['to'])
    if (kind === undefined)
      throw cliErrors.YAMA_CLI_USAGE({ problem: 'yama port needs --to.', next: `For example --to ${KINDS.join(', --to ')}.` })
    const authoring = await import('@yama/authoring')
    const out = text(input.options['out']) ?? kind
    const decide = text(input.options['decide'])
    const dryRun = input.options['dryRun'] === true
    const target = await portTarget(context, kind, out, text(input.options['devUrl']))
    const report = await authoring.port(await context.authoring(), target, {
      answers: decide === undefined ? {} : await readAnswers(decide, context.globals.cwd),
      defaults: input.options['defaults'] === true,
      dryRun,
      force: input.options['force'] === true,
    })
    if (!dryRun) await writeConfig(target.root, kind, (await context.project()).config.naming)
    return { data: dataOf(report, kind, out), text: describePort(context, report, { kind, out, dryRun }) }
  },
}

/** Only what a new project needs to be one; a configuration that is there stays. */
async function writeConfig(root: string, dialect: DatabaseKind, naming: Readonly<Record<string, string>> | undefined): Promise<void> {
  const path = join(root, 'yama.config.json')
  if (existsSync(path)) return
  await mkdir(root, { recursive: true })
  await writeWhole(path, `${JSON.stringify({ dialect, ...(naming === undefined ? {} : { naming }) }, null, 2)}\n`, { fresh: true })
}

function dataOf(report: PortReport, to: DatabaseKind, out: string): unknown {
  const count = (outcome: string): number => report.findings.filter((finding) => finding.outcome === outcome).length
  return {
    to,
    out,
    objects: report.source.facts.size,
    ported: report.ported.facts.size,
    lossless: count('lossless'),
    lossy: count('lossy'),
    refused: count('refused'),
    findings: report.findings.map(({ origin, ...finding }) =>
      origin === undefined ? finding : { ...finding, file: origin.file, line: origin.line, col: origin.column },
    ),
    questions: report.questions.map(({ id, answers, objects }) => ({ id, answers, objects: objects.length })),
    files: report.files,
    built: report.built ?? null,
  }
}
