import { header } from '../output/header.ts'
import type { CliCommand } from '../program/command.ts'
import { environmentScope } from '../program/open-database.ts'

export const pull: CliCommand = {
  name: 'pull',
  summary: 'Write the entities of a database that exists.',
  description:
    "Reads the schema of the environment's database and writes it as entities, one file for each table. Files that exist keep their comments and order. What the model does not carry is listed by name, and never touched.",
  options: [{ flags: '--owners', description: 'also who owns each object, and the versions of extensions' }],
  examples: ['yama pull', 'yama pull --url postgres://localhost/shop', 'yama pull --owners', 'yama pull --json'],
  run: async (context, { options }) => {
    const authoring = await import('@yama/authoring')
    const files = await context.authoring()
    const { whole, environment } = await context.database()
    const dialect = await whole()
    const connection = await dialect.connect(context.signal)
    const project = await authoring.withScratchMajor(files, connection.server.major)
    const pool = authoring.scratchPool(authoring.schemaDialect(project.dialect), project.scratch, project.notice)
    try {
      const report = await authoring.pull(
        connection,
        dialect,
        environmentScope(environment),
        project.entities,
        (desired) => authoring.canonicalFacts(project, desired, pool),
        options['owners'] === true,
      )
      const managed = report.facts.facts.size
      const outside = report.unmanaged.map(({ kind, name, reason }) => `  ${kind} ${name}: ${reason}`)
      const share = managed + outside.length === 0 ? 100 : (100 * managed) / (managed + outside.length)
      return {
        data: {
          files: report.files,
          managed,
          unmanaged: report.unmanaged.map(({ kind, name, reason }) => ({ kind, name, reason })),
          managedShare: Number(share.toFixed(1)),
        },
        text: [
          await header(context),
          ...(report.files.length === 0
            ? ['The entities already say what the database has.']
            : report.files.map((file) => `${context.color.green('wrote')} ${file}`)),
          ...(outside.length === 0 ? [] : [`${outside.length} object(s) stay outside the entities and are never touched:`, ...outside]),
          `${managed} managed (${share.toFixed(1)} %)`,
        ].join('\n'),
      }
    } finally {
      await connection[Symbol.asyncDispose]()
      await pool[Symbol.asyncDispose]()
    }
  },
}
