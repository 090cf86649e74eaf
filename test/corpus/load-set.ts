import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { createYama, isBatchFailure, YamaError, type Connection, type Dialect } from '@yama/core'
import { migrationFiles, parseSqlMigration } from '@yama/core/files'
import type { CorpusSet } from './corpus-set.ts'
import type { Database } from './databases.ts'

/** Loads a set into an empty database. What the engine refuses is returned file by file, with its reason. */
export async function loadSet(set: CorpusSet, database: Database): Promise<readonly string[]> {
  if (set.setup !== undefined) await runText(database, set.setup)
  switch (set.load.by) {
    case 'yama':
      await runDirectory(database, set.load.directory, set.load.skip)
      return set.load.skip.map((name) => `${name}: skipped`)
    case 'files':
      return loadFiles(database, set.load.files, set.load.edit ?? ((text) => text))
    case 'psql':
      execFileSync('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', database.url], {
        cwd: set.load.directory,
        input: set.load.script,
        stdio: ['pipe', 'ignore', 'pipe'],
      })
      return []
  }
}

/** Applies every migration of a directory; rejects with what `yama up` would print. */
export async function runDirectory(database: Database, directory: string, skip: readonly string[] = []): Promise<void> {
  const { dialect } = database
  await using yama = createYama({
    dialect,
    sources: [migrationFiles({ directory, root: directory, dialect, skip, mustExist: true })],
    skip,
  })
  const plan = await yama.plan({ up: 'latest' })
  await yama.apply(plan, { confirm: plan.digest })
}

export async function runText(database: Database, text: string): Promise<void> {
  const connection = await database.dialect.connect()
  try {
    await connection.batch(statements(database.dialect, text), { transaction: true })
  } finally {
    await connection[Symbol.asyncDispose]()
  }
}

const statements = (dialect: Dialect, text: string): readonly { readonly sql: string }[] =>
  dialect.splitStatements(text).map((statement) => ({ sql: statement.text }))

async function loadFiles(database: Database, files: readonly string[], edit: (text: string) => string): Promise<readonly string[]> {
  const connection = await database.dialect.connect()
  const refused: string[] = []
  try {
    for (const file of files) {
      const reason = await loadFile(connection, database.dialect, edit(readFileSync(file, 'utf8')))
      if (reason !== undefined) refused.push(`${basename(file)}: ${reason}`)
    }
  } finally {
    await connection[Symbol.asyncDispose]()
  }
  return refused
}

/** Each file as Yama reads it: in one transaction, statements alone that need it. */
async function loadFile(connection: Connection, dialect: Dialect, text: string): Promise<string | undefined> {
  try {
    if (!dialect.capabilities.transactionalDdl) {
      // Statements that commit by themselves need no transaction, and a routine among them would end it.
      for (const { sql } of statements(dialect, text)) await connection.execute(sql)
      return undefined
    }
    let group: { readonly sql: string }[] = []
    const flush = async (): Promise<void> => {
      const commands = group
      group = []
      if (commands.length > 0) await connection.batch(commands, { transaction: true })
    }
    for (const step of parseSqlMigration(text, '0001_file.sql', dialect).up) {
      if (step.kind !== 'sql') continue
      if (step.transaction === 'any') group.push({ sql: step.text })
      else {
        await flush()
        await connection.execute(step.text)
      }
    }
    await flush()
    return undefined
  } catch (error) {
    if (YamaError.is(error)) return error.message
    return dialect.describeFailure(isBatchFailure(error) ? error.cause : error).message
  }
}
