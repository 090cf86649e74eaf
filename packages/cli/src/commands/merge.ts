import { mkdir } from 'node:fs/promises'
import { writeWhole } from '@yama/core/files'
import {
  buildGraph,
  conflictError,
  judgeGraph,
  resolveTarget,
  statementLine,
  toDiagnostic,
  type MigrationConflict,
  type MigrationGraph,
} from '@yama/core'
import { cliErrors } from '../errors/errors.ts'
import type { CliContext } from '../program/cli-context.ts'
import type { CliCommand, CommandInput, CommandOutcome } from '../program/command.ts'
import { shownPath } from '../program/load-project.ts'
import { mergeFile } from '../program/merge-file.ts'
import { text } from '../program/option-values.ts'

export const merge: CliCommand = {
  name: 'merge',
  summary: 'Show which branches of migrations conflict, and record a decision.',
  description:
    'Independent branches need no merge. Without a decision it lists the pairs whose order matters, both statements and why, and exits 4 where there are any. With `--order` or `--independent` it writes a merge migration that records what a person decided. Of migrations that cannot be read it says what a replay in a scratch database sees of them. `--prove` runs both orders of two migrations in scratch databases and compares schema and rows. No database of the configuration is changed.',
  arguments: [
    { name: '[one]', description: 'a migration: id, name or version' },
    { name: '[other]', description: 'the other' },
  ],
  options: [
    { flags: '--order <ids>', description: 'they run in this order everywhere, separated by commas' },
    { flags: '--independent', description: 'their order does not matter, whatever the analysis says' },
    { flags: '--reason <text>', description: 'why; stands in the file' },
    { flags: '--prove', description: 'run both orders and compare schema and rows' },
  ],
  examples: [
    'yama merge',
    'yama merge m_a m_b --prove',
    'yama merge m_a m_b --order m_a,m_b --reason "the column comes before its index"',
    'yama merge m_a m_b --independent --prove --reason "they touch other rows"',
  ],
  run: async (context, input) => {
    const project = await context.authoring()
    const graph = buildGraph(await project.migrations.load(context.signal))
    const [first, second] = [text(input.arguments[0]), text(input.arguments[1])]
    if (first === undefined || second === undefined)
      return await withReplayed(listed(await judgeGraph(graph, project.dialect), graph), context, graph)
    const pair = [first, second].map((name) => resolveTarget(name, graph, undefined)) as [string, string]
    const proof = input.options['prove'] === true ? await (await import('@yama/authoring')).proveMerge(project, ...pair) : undefined
    const decision = decisionOf(input, pair, graph)
    if (decision === undefined) {
      if (proof === undefined)
        return listed(
          (await judgeGraph(graph, project.dialect, (id) => pair.includes(id))).filter(
            ({ one, other }) => pair.includes(one) && pair.includes(other),
          ),
          graph,
        )
      return {
        data: { proof },
        text: proof.equal
          ? `Both orders end in the same schema and rows (${proof.digest ?? ''}).`
          : ['The orders differ:', ...proof.differences.map((line) => `  ${line}`)].join('\n'),
        ...(proof.equal ? {} : { exitCode: 10, reason: 'orders differ' }),
      }
    }
    if (proof?.equal === false && decision.independent !== undefined)
      throw cliErrors.YAMA_MERGE_UNPROVED({ one: pair[0], other: pair[1], difference: proof.differences.slice(0, 5).join('; ') })
    return await written(context, graph, { ...decision, ...(proof?.digest === undefined ? {} : { proof: proof.digest }) })
  },
}

interface Decision {
  readonly order?: readonly string[]
  readonly independent?: readonly string[]
  readonly reason: string
}

function decisionOf(input: CommandInput, pair: readonly string[], graph: MigrationGraph): Decision | undefined {
  const order = text(input.options['order'])?.split(',')
  const independent = input.options['independent'] === true
  if (order === undefined && !independent) return undefined
  if (order !== undefined && independent)
    throw cliErrors.YAMA_CLI_USAGE({ problem: '--order and --independent exclude each other.', next: 'Give one of them.' })
  const reason = text(input.options['reason'])
  if (reason === undefined || reason.trim() === '')
    throw cliErrors.YAMA_CLI_USAGE({ problem: 'A decision needs a reason.', next: 'Add --reason "…".' })
  if (order === undefined) return { independent: pair, reason }
  const ids = order.map((name) => resolveTarget(name.trim(), graph, undefined))
  if (pair.some((id) => !ids.includes(id)))
    throw cliErrors.YAMA_CLI_USAGE({ problem: '--order must name both migrations.', next: `For example --order ${pair.join(',')}.` })
  return { order: ids, reason }
}

async function written(
  context: CliContext,
  graph: MigrationGraph,
  decision: Decision & { readonly proof?: string },
): Promise<CommandOutcome> {
  const project = await context.authoring()
  const { config } = await context.project()
  const file = mergeFile(project, graph, decision, config.numbering)
  // A circle through the decided order is found before the file is written.
  buildGraph([...graph.order().map(({ migration }) => migration), file.migration])
  await mkdir(project.migrationsDirectory, { recursive: true })
  await writeWhole(file.path, file.text, { fresh: true })
  const shown = shownPath(project.root, file.path)
  return { data: { file: shown, id: file.migration.id, ...decision }, text: `wrote ${shown}` }
}

function listed(conflicts: readonly MigrationConflict[], graph: MigrationGraph): CommandOutcome {
  if (conflicts.length === 0) return { data: { conflicts }, text: 'No two branches conflict: they may run in any order.' }
  return {
    data: { conflicts },
    text: conflicts
      .flatMap(({ one, other, object, why, statements }) => [
        `${one} and ${other} meet at ${object}. ${why}`,
        `  ${one}: ${statementLine(statements[0])}`,
        `  ${other}: ${statementLine(statements[1])}`,
      ])
      .join('\n'),
    exitCode: 4,
    reason: 'conflicts',
    decisions: conflicts.map(({ one, other, object }) => ({
      type: 'merge',
      object,
      candidates: [`${one},${other}`, `${other},${one}`],
      snippet: `yama merge ${one} ${other} --order ${one},${other} --reason "…"`,
    })),
    diagnostics: conflicts.map((conflict) => toDiagnostic(conflictError(conflict, graph), 'error')),
  }
}

/** Of migrations that cannot be read, what a replay sees of them: a line to put into the file once somebody has looked. */
async function withReplayed(outcome: CommandOutcome, context: CliContext, graph: MigrationGraph): Promise<CommandOutcome> {
  const { conflicts } = outcome.data as { readonly conflicts: readonly MigrationConflict[] }
  const project = await context.authoring()
  const judge = await project.dialect.commutativity?.()
  const met = new Set(conflicts.filter(({ object }) => object === 'anything').flatMap(({ one, other }) => [one, other]))
  if (met.size === 0 || judge === undefined) return outcome
  const { replayedWrites } = await import('@yama/authoring')
  const seen: Record<string, readonly string[]> = {}
  for (const id of met) {
    const steps = graph.get(id)?.migration.up ?? []
    const found = await judge.effectsOf(steps.flatMap((step) => (step.kind === 'sql' ? [step.text] : [])))
    if (steps.every((step) => step.kind === 'sql') && found.every(({ unknown }) => unknown === undefined)) continue
    seen[id] = await replayedWrites(project, id)
  }
  const lines = Object.entries(seen).map(([id, names]) =>
    names.length === 0
      ? `A replay of ${id} changes nothing in an empty database.`
      : `A replay of ${id} changes ${names.join(', ')}. If that is all, and what it reads is named too, say so in its file: yama:writes ${names.join(', ')}`,
  )
  return { ...outcome, data: { conflicts, replayed: seen }, text: [outcome.text ?? '', ...lines].join('\n') }
}
