import { buildGraph } from '@yama/core'
import { drawGraph, graphFormats, type GraphFormat } from '../output/draw-graph.ts'
import { offlineDialect } from '../config/open-dialect.ts'
import { projectKind } from '../program/authoring-project.ts'
import type { CliCommand } from '../program/command.ts'
import { migrationSource } from '../program/migration-source.ts'

export const graph: CliCommand = {
  name: 'graph',
  summary: 'Draw the graph of migrations.',
  description:
    'Draws roots, branches, merges and heads. `--applied` asks the database what is applied; without it no database is contacted.',
  options: [
    { flags: '--format <format>', description: 'how to draw', choices: graphFormats, default: 'ascii' },
    { flags: '--applied', description: 'mark what is applied in the environment' },
  ],
  examples: ['yama graph', 'yama graph --format mermaid > graph.mmd', 'yama graph --applied --env prod'],
  run: async (context, input) => {
    const project = await context.project()
    const environment = await context.environment()
    const applied =
      input.options['applied'] === true ? new Set((await (await context.yama()).status()).applied.map((row) => row.id)) : undefined
    const dialect = applied === undefined ? await offlineDialect(projectKind(project, environment)) : (await context.database()).dialect
    const built = buildGraph(await migrationSource(project, dialect, environment.name).load(context.signal))
    const nodes = built.order().map((node) => ({
      id: node.migration.id,
      name: node.migration.name,
      parents: node.parents,
      link: node.link,
      level: node.level,
      phase: node.migration.phase,
      ...(applied === undefined ? {} : { applied: applied.has(node.migration.id) }),
    }))
    const format = input.options['format'] as GraphFormat
    const data = { nodes, roots: built.roots(), heads: built.heads() }
    return { data, text: format === 'json' ? JSON.stringify(data, null, 2) : drawGraph(nodes, format, context.color) }
  },
}
