import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createYama, type Yama } from '@yama/core'
import { migrationFiles } from '@yama/core/files'
import { describe, expect, it } from 'vitest'
import { dialectOf, inNewDatabase, servers } from './runtime-database.ts'

const root = process.env['YAMA_CORPUS_DIR']
if (root === undefined) console.warn('packages/mysql/test/directories.test.ts: skipped, YAMA_CORPUS_DIR is not set')

/** Two that MariaDB refuses. */
const REFUSED = ['20200317160354000002_create_profile_request_forms', '20260408000000000000_create_pending_traits_changes'] as const
/** What needs the table of a refused one. */
const AFTER_REFUSED = ['20260422000000000000_pending_traits_changes_add_session'] as const

/** Ups with nothing in them but a comment, which Yama refuses by name unless they are skipped. */
function commentsOnly(directory: string): readonly string[] {
  const names = new Set(readdirSync(directory))
  return [...names].flatMap((name) => {
    const [, stem, own] = /^([^.]+)(\.mysql)?\.up\.sql$/.exec(name) ?? []
    if (stem === undefined || (own === undefined && names.has(`${stem}.mysql.up.sql`))) return []
    return /^\s*--\s*$/.test(readFileSync(join(directory, name), 'utf8')) ? [stem] : []
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

  it('kratos: files of four dialects in one directory, hundreds of them', async () => {
    const path = 'kratos-pop/sql'
    const skip = commentsOnly(join(root ?? '', path))
    if (url.startsWith('mysql:')) {
      await around(url, path, skip, async (yama, tables) => {
        expect([await upAll(yama), await tables()]).toEqual([351, 26])
      })
      return
    }
    // MariaDB wants a value for every column even where no row is inserted.
    await around(url, path, skip, async (yama) => {
      const plan = await yama.plan({ up: 'latest' })
      await expect(yama.apply(plan, { confirm: plan.digest })).rejects.toMatchObject({
        code: 'YAMA_MIGRATION_FAILED',
        position: { file: `${REFUSED[0]}.mysql.up.sql`, line: 1, column: 1 },
      })
    })
    await around(url, path, [...skip, ...REFUSED, ...AFTER_REFUSED], async (yama, tables) => {
      expect([await upAll(yama), await tables()]).toEqual([348, 25])
    })
  })
})
