import { buildGraph, statementLine, type GraphNode, type MigrationConflict } from '@yama/core'
import { drawGraph, graphFormats, type DrawnNode, type GraphFormat } from '../output/draw-graph.ts'
import { offlineDialect } from '../config/open-dialect.ts'
import { projectKind } from '../program/authoring-project.ts'
import type { CliCommand, CommandInput } from '../program/command.ts'
import type { CliContext } from '../program/cli-context.ts'
import { migrationSource } from '../program/migration-source.ts'
import { text, texts } from '../program/option-values.ts'

export const graph: CliCommand = {
  name: 'graph',
  summary: 'Draw the graph of migrations.',
  description:
    'Draws roots, branches, merges and heads. `--applied` asks the database what is applied, `--in` those of several environments, `--state` files that were exported from them; without these no database is contacted. `--with-branches` draws the migrations of other git branches too and says which has which; `--conflicts` says what of two branches does not commute.',
  options: [
    { flags: '--format <format>', description: 'how to draw', choices: graphFormats, default: 'ascii' },
    { flags: '--levels', description: 'say of each its level: those of one level do not depend on each other' },
    { flags: '--applied', description: 'mark what is applied in the environment' },
    { flags: '--in <environment>', description: 'say in which of these environments it is applied', repeatable: true },
    { flags: '--state <file>', description: 'the same from `yama state export`', repeatable: true },
    { flags: '--with-branches <pattern>', description: 'and the migrations of these git branches: `origin/feature-*`', repeatable: true },
    { flags: '--conflicts <branches>', description: 'what of two git branches conflicts: `main,feature-email`' },
  ],
  examples: [
    'yama graph',
    'yama graph --format mermaid > graph.mmd',
    'yama graph --applied --env prod',
    'yama graph --in staging --in prod --levels',
    "yama graph --with-branches 'feature-*' --state prod.json",
    'yama graph --conflicts main,feature-email',
  ],
  run: async (context, input) => {
    const format = input.options['format'] as GraphFormat
    const [built, conflicts] = await builtGraph(context, input)
    const applied = input.options['applied'] === true ? await appliedHere(context) : undefined
    const { appliedIn } = await import('../program/applied-in.ts')
    const environments = await appliedIn(context, texts(input.options['in']), texts(input.options['state']))
    const nodes = built.order.map((node) => ({
      ...dataOf(node),
      ...(applied === undefined ? {} : { applied: applied.has(node.migration.id) }),
      ...(environments.size === 0
        ? {}
        : { appliedIn: [...environments].flatMap(([name, ids]) => (ids.has(node.migration.id) ? [name] : [])) }),
      ...built.branchesOf(node),
    }))
    const data = { nodes, roots: built.roots, heads: built.heads, ...(conflicts === undefined ? {} : { conflicts }) }
    const drawn =
      format === 'json'
        ? ''
        : drawGraph(nodes, format, context.color, {
            levels: input.options['levels'] === true,
            ...(conflicts === undefined ? {} : { conflicts }),
          })
    return { data, text: format === 'json' ? JSON.stringify(data, null, 2) : [drawn, ...conflictLines(conflicts, format)].join('\n') }
  },
}

const dataOf = (node: GraphNode): DrawnNode & { readonly link: string; readonly level: number; readonly phase: string } => ({
  id: node.migration.id,
  name: node.migration.name,
  parents: node.parents,
  link: node.link,
  level: node.level,
  phase: node.migration.phase,
})

interface BuiltGraph {
  readonly order: readonly GraphNode[]
  readonly roots: readonly string[]
  readonly heads: readonly string[]
  readonly branchesOf: (node: GraphNode) => { readonly branches?: readonly string[] }
}

/** The graph of the files, or of several git branches together, and what of two does not commute where that is asked. */
async function builtGraph(
  context: CliContext,
  input: CommandInput,
): Promise<readonly [BuiltGraph, readonly MigrationConflict[] | undefined]> {
  const project = await context.project()
  const environment = await context.environment()
  const dialect =
    input.options['applied'] === true ? (await context.database()).dialect : await offlineDialect(projectKind(project, environment))
  const own = await migrationSource(project, dialect, environment.name).load(context.signal)
  const pair = text(input.options['conflicts'])
    ?.split(',')
    .map((name) => name.trim())
  const patterns = [...texts(input.options['withBranches']), ...(pair ?? [])]
  if (patterns.length === 0) {
    const graph = buildGraph(own)
    return [{ order: graph.order(), roots: graph.roots(), heads: graph.heads(), branchesOf: () => ({}) }, undefined]
  }
  const { branchMigrations } = await import('../program/branch-migrations.ts')
  const { branchGraph, conflictsBetween } = await import('../program/branch-graph.ts')
  const source = await branchMigrations(context)
  const found = await branchGraph(own, await source.like(patterns), source)
  const branchesOf = ({ migration: { id } }: GraphNode): { readonly branches?: readonly string[] } => {
    const having = found.having(id)
    return having.length === found.names.length ? {} : { branches: having }
  }
  const { graph } = found
  return [
    { order: graph.order(), roots: graph.roots(), heads: graph.heads(), branchesOf },
    pair === undefined ? undefined : await conflictsBetween(found, pair, dialect),
  ]
}

const appliedHere = async (context: CliContext): Promise<ReadonlySet<string>> =>
  new Set((await (await context.yama()).status()).applied.map((row) => row.id))

/** Only under a drawing for people: the others hold the pairs themselves. */
function conflictLines(conflicts: readonly MigrationConflict[] | undefined, format: GraphFormat): readonly string[] {
  if (conflicts === undefined || format !== 'ascii') return []
  if (conflicts.length === 0) return ['', 'The two branches do not conflict: they may be merged and run in any order.']
  return [
    '',
    ...conflicts.flatMap(({ one, other, object, why, statements }) => [
      `${one} and ${other} meet at ${object}. ${why}`,
      `  ${one}: ${statementLine(statements[0])}`,
      `  ${other}: ${statementLine(statements[1])}`,
    ]),
  ]
}
