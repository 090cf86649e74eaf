import { YamaError, buildGraph, type Diagnostic } from '@yama/core'
import { errorDiagnostics } from '../output/error-diagnostics.ts'
import type { CliCommand } from '../program/command.ts'
import { hasEntities } from '../program/entity-files.ts'

export const validate: CliCommand = {
  name: 'validate',
  summary: 'Check the entities and migration files, without a database.',
  description: 'Reads every entity and every migration and lists all mistakes with file, line and column. No database is contacted.',
  examples: ['yama validate', 'yama validate --json'],
  run: async (context) => {
    const { schemaDialect } = await import('@yama/authoring')
    const project = await context.authoring()
    const diagnostics: Diagnostic[] = []
    const gather = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
      try {
        return await work()
      } catch (error) {
        if (!YamaError.is(error)) throw error
        diagnostics.push(...errorDiagnostics(error))
        return undefined
      }
    }
    const loaded = (await hasEntities(context))
      ? await gather(() => project.entities.load({ dialect: schemaDialect(project.dialect) }))
      : undefined
    const graph = await gather(async () => buildGraph(await project.migrations.load(context.signal)))
    diagnostics.push(...(loaded?.diagnostics ?? []))
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length
    const tables = [...(loaded?.desired.facts.values() ?? [])].filter(({ kind }) => kind === 'table').length
    return {
      data: { tables, migrations: graph?.size ?? 0, errors },
      text: errors === 0 ? `${tables} table(s) and ${graph?.size ?? 0} migration(s) are valid.` : '',
      exitCode: errors === 0 ? 0 : 65,
      reason: errors === 0 ? 'valid' : 'invalid',
      diagnostics,
    }
  },
}
