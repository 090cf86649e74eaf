/*
 * Runs the pairs of other tools and those of Yama's own on SQLite, or on every MySQL and MariaDB server of the environment, and writes their part of
 * docs/reference/coverage.md where nothing is left out.
 *   YAMA_CORPUS_DIR=… pnpm corpus cases sqlite|mysql [name part] [--sql]
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { differenceCases as mysqlCases, runCase as runMysqlCase } from '../packages/mysql/test/difference-case.ts'
import { connectTo, schemaServers } from '../packages/mysql/test/schema-server.ts'
import { differenceCases as sqliteCases, runCase as runSqliteCase } from '../packages/sqlite/test/difference-case.ts'
import { sqlite } from '@yama/sqlite'
import { casesPart, type OwnCaseResult } from './own-cases-report.ts'
import { serverName, writePart } from './coverage-parts.ts'

interface Place {
  readonly title: string
  readonly run: () => AsyncGenerator<OwnCaseResult & { readonly statements: readonly string[] }>
}

const [, kind, part] = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const corpus = process.env['YAMA_CORPUS_DIR']
const showSql = process.argv.includes('--sql')
const page = join(resolve(import.meta.dirname, '..'), 'docs/reference/coverage.md')
const isMeant = ({ name, file = '', src }: OwnCaseResult['case']): boolean => part === undefined || `${src} ${file} ${name}`.includes(part)

async function mysqlPlaces(): Promise<readonly Place[]> {
  return await Promise.all(
    schemaServers.map(async (server) => {
      await using connection = await connectTo(server, '')
      return {
        title: connection.server.product,
        async *run() {
          for (const one of mysqlCases(corpus).filter(isMeant)) yield await runMysqlCase(one, server)
        },
      }
    }),
  )
}

async function sqlitePlace(): Promise<Place> {
  await using connection = await sqlite({ file: ':memory:' }).connect()
  return {
    title: connection.server.product,
    async *run() {
      for (const one of sqliteCases(corpus).filter(isMeant)) yield await runSqliteCase(one)
    },
  }
}

for (const { title, run } of kind === 'sqlite' ? [await sqlitePlace()] : await mysqlPlaces()) {
  console.log(`\n${title}`)
  const results: OwnCaseResult[] = []
  for await (const result of run()) {
    results.push(result)
    const { outcome, detail, statements, case: one } = result
    if ((outcome !== 'ok' && outcome !== 'unloadable') || showSql) console.log(`${outcome}: ${one.src} / ${one.name}\n    ${detail}`)
    if (showSql) console.log(statements.map((sql) => `    ${sql}`).join('\n'))
  }
  const text = casesPart(title, results, new Date())
  console.log(text)
  if (part === undefined && corpus !== undefined)
    writeFileSync(page, writePart(readFileSync(page, 'utf8'), `cases: ${serverName(title)}`, text, 'Difference cases of other tools'))
}
