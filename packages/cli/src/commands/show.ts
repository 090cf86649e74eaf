import { cliErrors } from '../errors/errors.ts'
import { clientStatement } from '../output/client-statement.ts'
import type { CliCommand } from '../program/command.ts'
import { text } from '../program/option-values.ts'
import { closestName } from '@yama/core'

export const show: CliCommand = {
  name: 'show',
  summary: 'Show what an entity resolves to, as data or SQL.',
  description:
    'Prints what the entities mean for the dialect: every table, column, constraint and index with native types and names, or the SQL that would create them. No database is contacted.',
  arguments: [{ name: '[table]', description: 'only this table and what belongs to it' }],
  options: [{ flags: '--sql', description: 'the statements that create it' }],
  examples: ['yama show', 'yama show users --sql', 'yama show users --json'],
  run: async (context, input) => {
    const { schemaDialect } = await import('@yama/authoring')
    const { describeFact, factBase, planChange, requirePlan } = await import('@yama/schema')
    const project = await context.authoring()
    const dialect = schemaDialect(project.dialect)
    const { desired, diagnostics } = await project.entities.load({ dialect })
    const wanted = text(input.arguments[0])
    const tables = [...desired.facts.values()].filter(({ kind }) => kind === 'table' || kind === 'view')
    // Messages name what belongs to a table by its own id.
    const member = desired.facts.get(wanted ?? '')
    const owner = member?.parent ?? member?.id
    const table =
      tables.find(({ id, name }) => name === wanted || id === wanted || id.endsWith(`:${wanted ?? ''}`)) ?? desired.facts.get(owner ?? '')
    if (wanted !== undefined && table === undefined) {
      const near = closestName(
        wanted,
        tables.map(({ name }) => name),
      )
      throw cliErrors.YAMA_CLI_USAGE({
        problem: `The entities have no table ${wanted}.`,
        next: near === undefined ? '`yama show` lists them all.' : `Did you mean ${near}?`,
      })
    }
    const belongs = (fact: { readonly id: string; readonly parent?: string }): boolean =>
      table === undefined || fact.id === table.id || fact.parent === table.id
    const facts = [...desired.facts.values()].filter(belongs)
    const data = facts.map(({ id, kind, name, payload, origin }) => ({
      id,
      kind,
      name,
      ...payload,
      ...(origin === undefined ? {} : { origin: `${origin.file}:${origin.line}` }),
    }))
    if (input.options['sql'] !== true) {
      const lines = facts.map(
        (fact) => `${fact.parent === undefined ? '' : '  '}${describeFact(fact.id)}  ${context.color.dim(JSON.stringify(fact.payload))}`,
      )
      return { data, text: lines.join('\n'), diagnostics }
    }
    const change = requirePlan(planChange({ before: factBase(desired.tag, []), after: desired, dialect, renames: [] }))
    const actions = change.actions.filter(
      ({ produces, because }) => table === undefined || [...produces, because.fact].some((id) => facts.some((fact) => fact.id === id)),
    )
    return {
      data: actions.map(({ sql }) => sql),
      text: actions.map(({ sql }) => clientStatement(sql, dialect.kind)).join('\n\n'),
      diagnostics,
    }
  },
}
