import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { coreErrors, toDiagnostic, type Connection, type Diagnostic, type Dialect, type SplitStatement } from '@yama/core'
import type { CliContext } from '../program/cli-context.ts'
import { shownPath } from '../program/load-project.ts'

/** So many rows of a finding are shown. */
const SAMPLE = 3

/** The queries of `verify` (default `verify.sql` beside or above the migrations): each row that one finds is a mistake. Undefined where there is none. */
export async function verifyQueries(
  context: CliContext,
): Promise<{ readonly name: string; readonly good: string; readonly found: readonly Diagnostic[] } | undefined> {
  const { root, config, migrationsDirectory } = await context.project()
  const beside = [join(migrationsDirectory, 'verify.sql'), join(dirname(migrationsDirectory), 'verify.sql')].filter((file) =>
    existsSync(file),
  )
  const files = config.verify === undefined ? beside.slice(0, 1) : [config.verify].flat().map((file) => resolve(root, file))
  if (files.length === 0) return undefined
  const { dialect } = await context.database()
  const connection = await dialect.connect(context.signal)
  try {
    const found: Diagnostic[] = []
    let asked = 0
    for (const path of files) {
      const file = shownPath(root, path)
      for (const statement of dialect.splitStatements(await read(path, file))) {
        asked++
        found.push(...(await ask(connection, dialect, statement, file)))
      }
    }
    return { name: 'queries', good: `${asked} found nothing wrong`, found }
  } finally {
    await connection[Symbol.asyncDispose]()
  }
}

async function read(path: string, file: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw coreErrors.YAMA_VERIFY_QUERY_FAILED({ place: file, reason: 'the file cannot be read' }, { cause: error })
  }
}

async function ask(
  connection: Connection,
  dialect: Dialect,
  { text, line, column }: SplitStatement,
  file: string,
): Promise<readonly Diagnostic[]> {
  const position = { file, line, column }
  const place = `${file}:${line}`
  if (dialect.describeStatement(text).class !== 'query')
    throw coreErrors.YAMA_VERIFY_QUERY_FAILED({ place, reason: 'it is no query' }, { position })
  try {
    const { rows } = await connection.execute(text)
    if (rows.length === 0) return []
    const sample = rows
      .slice(0, SAMPLE)
      .map((row) => JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)))
    return [toDiagnostic(coreErrors.YAMA_VERIFY_QUERY({ place, rows: rows.length, sample: sample.join(', ') }, { position }), 'error')]
  } catch (error) {
    throw coreErrors.YAMA_VERIFY_QUERY_FAILED({ place, reason: dialect.describeFailure(error).message }, { cause: error, position })
  }
}
