import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createYama, type Yama } from '@yama/core'
import { migrationFiles } from '@yama/core/files'
import { describe, expect, it } from 'vitest'
import { dialectOf, inNewDatabase, servers } from './runtime-database.ts'

const root = process.env['YAMA_CORPUS_DIR']
if (root === undefined) console.warn('packages/mysql/test/directories.test.ts: skipped, YAMA_CORPUS_DIR is not set')

/** Ups with nothing in them but a comment, which Yama refuses by name unless they are skipped. */
function commentsOnly(directory: string): readonly string[] {
  return readdirSync(directory).flatMap((name) => {
    const stem = /^(.+?)\.up\.sql$/.exec(name)?.[1]
    const nothing = stem !== undefined && /^\s*--\s*$/.test(readFileSync(join(directory, name), 'utf8'))
    return nothing ? [stem] : []
  })
}

async function around(
  url: string,
  path: string,
  skip: readonly string[],
  work: (yama: Yama, tables: () => Promise<number>) => Promise<void>,
): Promise<void> {
  await inNewDatabase(url, async (own) => {
    const directory = join(root ?? '', path)
    const dialect = dialectOf(own)
    await using yama = createYama({ dialect, sources: [migrationFiles({ directory, root: directory, dialect, skip })], skip })
    await work(yama, async () => {
      await using connection = await dialect.connect()
      const { rows } = await connection.execute(
        "SELECT COUNT(*) AS n FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND table_name NOT LIKE 'yama\\_%'",
      )
      return Number(rows[0]?.['n'])
    })
  })
}

const upAll = async (yama: Yama): Promise<number> => {
  const plan = await yama.plan({ up: 'latest' })
  const { applied } = await yama.apply(plan, { confirm: plan.digest })
  expect((await yama.status()).pending).toEqual([])
  return applied.length
}

const title = root === undefined ? 'directories (YAMA_CORPUS_DIR is not set)' : 'directories run untouched'

describe.skipIf(root === undefined).each(servers)(`${title} on $name`, ({ url }) => {
  it("homarr: Drizzle's marks between statements and all", async () => {
    await around(url, 'homarr-drizzle/mysql', [], async (yama, tables) => {
      expect(await upAll(yama)).toBe(44)
      expect(await tables()).toBe(35)
    })
  })

  it('conductor: one statement after the other, procedures with DELIMITER among them', async () => {
    await around(url, 'conductor-flyway/mysql-persistence/migration', [], async (yama) => {
      // Flyway's own names are refused with their list; nothing is half read.
      await expect(yama.plan({ up: 'latest' })).rejects.toMatchObject({ code: 'YAMA_SOURCE_NAMES' })
    })
  })

  it('kratos: files of four dialects in one directory, up to the statement that the server refuses', async () => {
    const path = 'kratos-pop/sql'
    await around(url, path, commentsOnly(join(root ?? '', path)), async (yama, tables) => {
      const plan = await yama.plan({ up: 'latest' })
      const outcome = await yama.apply(plan, { confirm: plan.digest }).then(
        (report) => ({ done: report.applied.length }),
        (error: { readonly code: string; readonly position: { readonly file: string } }) => ({
          code: error.code,
          file: error.position.file,
        }),
      )
      expect({ outcome, planned: plan.migrations.length, tables: await tables() }).toMatchSnapshot()
    })
  })
})
