import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { YamaError, isBatchFailure, statementPosition, type Connection, type Dialect, type SplitStatement } from '@yama/core'
import { seedFiles } from '@yama/core/files'
import { cliErrors } from '../errors/errors.ts'
import type { CliContext } from './cli-context.ts'
import { shownPath } from './load-project.ts'

/** Runs the project's seed files in order, each in one transaction. Returns their names. Rejects with YAMA_SEED_FAILED at the statement. */
export async function runSeeds(context: CliContext): Promise<readonly string[]> {
  const project = await context.project()
  const { dialect } = await context.database()
  const configured = project.config.seed === undefined ? undefined : [project.config.seed].flat().map((file) => resolve(project.root, file))
  const files = configured ?? (await seedFiles(project.migrationsDirectory))
  if (files.length === 0) return []
  const connection = await dialect.connect(context.signal)
  try {
    for (const file of files) await runSeed(context, connection, file)
  } finally {
    await connection[Symbol.asyncDispose]()
  }
  return files.map((file) => shownPath(project.root, file))
}

async function runSeed(context: CliContext, connection: Connection, path: string): Promise<void> {
  const { root } = await context.project()
  const { dialect } = await context.database()
  const file = shownPath(root, path)
  const statements = await readSeed(dialect, path, file)
  try {
    await connection.batch(
      statements.map(({ text }) => ({ sql: text })),
      { transaction: true },
      context.signal,
    )
  } catch (error) {
    const described = dialect.describeFailure(isBatchFailure(error) ? error.cause : error)
    const statement = statements[isBatchFailure(error) ? error.index : 0]
    const start = statement === undefined ? { file, line: 1, column: 1 } : { file, line: statement.line, column: statement.column }
    throw cliErrors.YAMA_SEED_FAILED(
      { file, reason: described.message },
      { cause: error, position: statementPosition(start, statement?.text ?? '', described.offset) },
    )
  }
}

async function readSeed(dialect: Dialect, path: string, file: string): Promise<readonly SplitStatement[]> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw cliErrors.YAMA_SEED_FAILED({ file, reason: 'it cannot be read' }, { cause: error })
  }
  try {
    return dialect.splitStatements(text)
  } catch (error) {
    if (!YamaError.is(error)) throw error
    const { code, message, hint, docs, details, position = { line: 1, column: 1 } } = error
    // The splitter knows the text and not where it came from.
    throw new YamaError({ code, message, hint, docs, details, position: { ...position, file } }, { cause: error.cause })
  }
}
