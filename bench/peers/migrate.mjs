// node migrate.mjs <tool> up|status <directory> <url>: what a small script of a user of that tool does, and no more.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [tool, command, directory, url] = process.argv.slice(2)

const tools = {
  floor: async () => {
    const { default: pg } = await import('pg')
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query('select 1')
    await client.end()
  },
  knex: async () => {
    const { default: knex } = await import('knex')
    const database = knex({ client: 'pg', connection: url, migrations: { directory, loadExtensions: ['.mjs'] } })
    await (command === 'up' ? database.migrate.latest() : database.migrate.status())
    await database.destroy()
  },
  kysely: async () => {
    const [{ Kysely, Migrator, PostgresDialect, sql }, { default: pg }] = await Promise.all([import('kysely'), import('pg')])
    const database = new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }) })
    const migration = (file) => {
      const statements = readFileSync(join(directory, file), 'utf8')
        .split(';\n')
        .filter((text) => text.trim() !== '')
      return {
        up: async (db) => {
          for (const text of statements) await sql.raw(text).execute(db)
        },
      }
    }
    const provider = {
      getMigrations: async () => Object.fromEntries(readdirSync(directory).map((file) => [file.slice(0, -4), migration(file)])),
    }
    const migrator = new Migrator({ db: database, provider })
    if (command === 'up') {
      const { error } = await migrator.migrateToLatest()
      if (error !== undefined) throw error
    } else await migrator.getMigrations()
    await database.destroy()
  },
  drizzle: async () => {
    const [{ drizzle }, { migrate }, { default: pg }] = await Promise.all([
      import('drizzle-orm/node-postgres'),
      import('drizzle-orm/node-postgres/migrator'),
      import('pg'),
    ])
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await migrate(drizzle(client), { migrationsFolder: directory })
    await client.end()
  },
  'node-pg-migrate': async () => {
    const { runner } = await import('node-pg-migrate')
    const quiet = () => undefined
    await runner({
      databaseUrl: url,
      dir: directory,
      direction: 'up',
      migrationsTable: 'pgmigrations',
      singleTransaction: false,
      log: quiet,
      logger: { debug: quiet, info: quiet, warn: console.warn, error: console.error },
    })
  },
}
await tools[tool]()
