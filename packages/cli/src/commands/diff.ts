import type { StateReference } from '@yama/authoring'
import type { DatabaseKind } from '@yama/core'
import type { FactBase } from '@yama/schema'
import { openDialect } from '../config/open-dialect.ts'
import { parseDatabaseUrl } from '../config/parse-database-url.ts'
import { clientStatement } from '../output/client-statement.ts'
import type { CliCommand, CommandOutcome } from '../program/command.ts'
import type { CliContext } from '../program/cli-context.ts'
import { environmentScope } from '../program/open-database.ts'
import { comparisonProject } from '../program/comparison-project.ts'
import { text } from '../program/option-values.ts'

export const diff: CliCommand = {
  name: 'diff',
  summary: 'Compare two states: entities, migrations, databases, git revisions.',
  description:
    'Compares any two states: `entities`, `migrations`, `migration:ID` (also `migration:head-2`), `tag:NAME`, `env:NAME`, `git:REF`, a database URL. Default: what the migrations say against what the entities say. Two URLs need no project and no scratch database.',
  arguments: [
    { name: '[from]', description: 'first state, default `migrations`' },
    { name: '[to]', description: 'second state, default `entities`' },
  ],
  options: [
    { flags: '--sql', description: 'the script that turns the first into the second' },
    { flags: '--down', description: 'with --sql: the way back' },
    { flags: '--exit-code', description: 'exit 2 where they differ' },
  ],
  examples: [
    'yama diff',
    'yama diff entities env:prod',
    'yama diff postgres://localhost/a postgres://localhost/b --sql',
    'yama diff git:main entities',
  ],
  run: async (context, input) => {
    const authoring = await import('@yama/authoring')
    const names = { from: text(input.arguments[0]) ?? 'migrations', to: text(input.arguments[1]) ?? 'entities' }
    const references = { from: authoring.parseState(names.from), to: authoring.parseState(names.to) }
    // Databases first: what is compared with one is made by a server of its version.
    const live = new Map<string, FactBase>()
    const isLive = ({ kind }: StateReference): boolean => kind === 'env' || kind === 'url'
    // Whose rows those of a lookup table are, only files can say.
    const rows = !isLive(references.from) || !isLive(references.to)
    for (const reference of [references.from, references.to]) {
      if (reference.kind === 'env' || reference.kind === 'url')
        live.set(reference.value, await liveFacts(context, { kind: reference.kind, value: reference.value }, rows))
    }
    const major = [...live.values()].map(({ tag }) => authoring.majorOf(tag)).find((found) => found !== undefined)
    const project = await authoring.withScratchMajor(await comparisonProject(context, [references.from, references.to]), major)
    const schema = authoring.schemaDialect(project.dialect)
    const pool = authoring.scratchPool(schema, project.scratch, project.notice)
    try {
      const resolve = (reference: StateReference): ReturnType<typeof authoring.resolveState> =>
        authoring.resolveState(
          reference,
          project,
          pool,
          async (wanted) => live.get(wanted.value) ?? (await liveFacts(context, wanted, rows)),
          async (name) => (await context.yama()).resolve(`tag:${name}`),
        )
      const [from, to] = [await resolve(references.from), await resolve(references.to)]
      const isEntities = ({ kind }: StateReference): boolean => kind === 'entities' || kind === 'git'
      const sides = (is: (reference: StateReference) => boolean): { readonly from: boolean; readonly to: boolean } => ({
        from: is(references.from),
        to: is(references.to),
      })
      const comparison = authoring.compareStates(from, to, schema, names, sides(isEntities), sides(isLive))
      return describe(comparison, names, input.options, { line: authoring.describeDelta, kind: schema.kind })
    } finally {
      await pool[Symbol.asyncDispose]()
    }
  },
}

type Comparison = ReturnType<(typeof import('@yama/authoring'))['compareStates']>

function describe(
  comparison: Comparison,
  names: { readonly from: string; readonly to: string },
  options: Readonly<Record<string, unknown>>,
  { kind, line }: { readonly kind: DatabaseKind; readonly line: (typeof import('@yama/authoring'))['describeDelta'] },
): CommandOutcome {
  const { deltas, up, down, unmanaged } = comparison
  const plan = options['down'] === true ? down : up
  const outside = [...new Set([...unmanaged.from, ...unmanaged.to].map(({ kind, name }) => `${kind} ${name}`))]
  const notes =
    outside.length === 0
      ? []
      : [`not managed, not compared: ${outside.slice(0, 20).join(', ')}${outside.length > 20 ? ` and ${outside.length - 20} more` : ''}`]
  const shown =
    options['sql'] === true
      ? plan.actions.map(({ sql }) => clientStatement(sql, kind)).join('\n')
      : [...(deltas.length === 0 ? [`No difference between ${names.from} and ${names.to}.`] : deltas.map(line)), ...notes].join('\n')
  return {
    data: {
      ...names,
      equal: deltas.length === 0,
      differences: deltas.map((delta) => ({ change: delta.change, id: delta.id, text: line(delta) })),
      sql: up.actions.map(({ sql }) => sql),
      down: down.actions.map(({ sql }) => sql),
      unmanaged,
    },
    text: shown,
    exitCode: options['exitCode'] === true && deltas.length > 0 ? 2 : 0,
    reason: deltas.length === 0 ? 'no changes' : 'differences',
    diagnostics: (options['sql'] === true ? plan.refusals : []).map((error) => ({
      code: error.code,
      severity: 'error',
      message: error.message,
      hint: error.hint,
    })),
  }
}

async function liveFacts(
  context: CliContext,
  reference: { readonly kind: 'env' | 'url'; readonly value: string },
  rows: boolean,
): ReturnType<import('@yama/authoring').LiveFacts> {
  const environment = reference.kind === 'env' ? await context.environment(reference.value) : undefined
  const dialect =
    environment === undefined
      ? await openDialect(parseDatabaseUrl(reference.value, context.globals.cwd))
      : await (await context.database(reference.value)).whole()
  const { schemaDialect } = await import('@yama/authoring')
  const { withOnRequest, withRows } = await import('@yama/schema')
  const connection = await dialect.connect(context.signal)
  try {
    const schema = schemaDialect(dialect)
    return await (rows ? withOnRequest(withRows(schema, true), true) : schema).extract(
      connection,
      environment === undefined ? { schemas: [], include: [], exclude: [] } : environmentScope(environment),
    )
  } finally {
    await connection[Symbol.asyncDispose]()
  }
}
