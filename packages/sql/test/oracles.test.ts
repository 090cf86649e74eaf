import { describe, expect, test } from 'vitest'
import { lexerRules, splitStatements } from '@yama/sql'
import { corpusFiles, hasCorpus } from './corpus.ts'
import { expectLossless } from './lossless.ts'

const run = hasCorpus ? describe : describe.skip
const bare = (statement: string): string => statement.trim().replace(/;$/, '').trim()

run('atlas: statement splitting (YAMA_CORPUS_DIR)', () => {
  // Not ours: directives of that tool, T-SQL batches, a delimiter which is the word DELIMITER itself, `#` comments on PostgreSQL.
  const others = /^(sqlserver|lexbegintry)|^lex\/(4_delimiter|8_delimiter|19_ms|13_|15_)/
  const files = hasCorpus ? corpusFiles('peer-atlas-lex').filter(({ file }) => !others.test(file)) : []
  for (const { file, text } of files) {
    test(file, () => {
      const golden =
        corpusFiles('peer-atlas-lex', `${file.split('/').at(-1)}.golden`).find((each) => each.file === `${file}.golden`)?.text ?? ''
      const rules = /pg|dollar|paren/.test(file) ? lexerRules.postgres : lexerRules.mysql
      expect(splitStatements(text, rules).map((statement) => bare(statement.text))).toEqual(golden.split('-- end --').map(bare))
    })
  }
})

run('nothing is lost and nothing crashes (YAMA_CORPUS_DIR)', () => {
  const sets: readonly [folder: string, kind: keyof typeof lexerRules, refused: number][] = [
    ['peer-pg-regress-sql', 'postgres', 200],
    ['peer-squawk-parser', 'postgres', 200],
    ['stellar-horizon-sql-migrate', 'postgres', 0],
    ['gitness-golang-migrate/postgres', 'postgres', 0],
    ['gitness-golang-migrate/sqlite', 'sqlite', 0],
    ['pocket-id-golang-migrate/postgres', 'postgres', 0],
    ['pocket-id-golang-migrate/sqlite', 'sqlite', 0],
    ['supabase-storage', 'postgres', 0],
    ['liam-supabase', 'postgres', 0],
    ['kratos-pop', 'postgres', 0],
    ['kratos-pop', 'sqlite', 0],
    ['kratos-pop', 'mysql', 0],
    ['crates-io-diesel', 'postgres', 0],
    ['umami-prisma', 'postgres', 0],
    ['memos', 'sqlite', 0],
    ['synapse-deltas', 'sqlite', 0],
    ['synapse-deltas', 'postgres', 0],
    ['temporal', 'mysql', 0],
    ['conductor-flyway', 'mysql', 0],
    ['sakila-jooq', 'mysql', 0],
    ['sakila-jooq', 'postgres', 0],
    ['sakila-jooq', 'sqlite', 0],
    ['chinook', 'sqlite', 0],
    ['apollo-mysql-deltas', 'mysql', 0],
    ['homarr-drizzle', 'sqlite', 0],
  ]
  for (const [folder, kind, most] of sets) {
    test(`${folder} as ${kind}`, () => {
      const refused: string[] = []
      for (const { file, text } of corpusFiles(folder)) {
        const code = expectLossless(text, lexerRules[kind])
        if (code !== undefined) refused.push(`${file} ${code}`)
      }
      if (refused.length > 0) console.log(`${folder} as ${kind}: ${refused.length} refused, e.g. ${refused.slice(0, 60).join('; ')}`)
      expect(refused.length).toBeLessThanOrEqual(most)
    })
  }
})
