import { join } from 'node:path'
import { expect, test } from 'vitest'
import { serverDatabase, serverUrl } from './databases.ts'
import { project, type Project } from './project.ts'
import { onFile, rowsOf } from './sqlite-file.ts'

const server = await serverUrl()
const shop = `
create table customers (id integer primary key, email varchar(200) not null unique);
create table orders (id integer primary key, customer integer not null references customers (id) on delete cascade, total numeric(10, 2) not null default 0);
create index orders_customer on orders (customer);
insert into customers values (1, 'a@b.c'); insert into orders (id, customer) values (1, 1);
`

async function adopt(made: Project, env: Readonly<Record<string, string>>): Promise<void> {
  const pulled = await made.json('pull', { env })
  expect(pulled).toMatchObject({ ok: true, data: { unmanaged: [], managedShare: 100 } })
  expect(made.list('schema').length).toBeGreaterThan(0)
  expect(await made.json('baseline', { env })).toMatchObject({ ok: true, data: { recorded: [expect.stringMatching(/^m_/)] } })
  expect(made.list('migrations')).toHaveLength(1)
  expect(await made.json('generate', { env })).toMatchObject({ ok: true, data: { status: 'empty' } })
  expect(await made.json('status --exit-code', { env })).toMatchObject({ ok: true, data: { pending: [] } })
  expect(await made.json('up', { env })).toMatchObject({ ok: true, reason: 'no changes' })
  expect(await made.json('pull', { env })).toMatchObject({ data: { files: [] } })
  expect(await made.json('history', { env })).toMatchObject({
    data: expect.arrayContaining([expect.objectContaining({ type: 'baselined' })]),
  })
}

test('SQLite: pull, baseline, and the next generate is empty', async () => {
  using made = project()
  const file = join(made.directory, 'shop.db')
  onFile(file, shop)
  await adopt(made, { DATABASE_URL: 'sqlite:./shop.db' })
  expect(rowsOf(file, 'select count(*) as n from orders')).toEqual([{ n: 1 }])
})

test.skipIf(server === undefined)(
  `PostgreSQL: pull, baseline, and the next generate is empty${server === undefined ? ': no server' : ''}`,
  async () => {
    await using database = await serverDatabase(server ?? '')
    await database.query(shop)
    using made = project()
    await adopt(made, { DATABASE_URL: database.url })
    expect(await database.query('select count(*)::int as n from orders')).toEqual([{ n: 1 }])
  },
  300_000,
)

test('a baseline without migrations and entities does not claim that everything is recorded', async () => {
  using made = project({ 'schema/.gitkeep': '' })
  onFile(join(made.directory, 'shop.db'), shop)
  const ran = await made.yama('baseline', { env: { DATABASE_URL: 'sqlite:./shop.db' } })
  expect(ran.stdout).toContain('`yama pull`')
  expect(ran.stdout).not.toContain('applied already')
})

test('init finds the database that a variable names, and introspects one that is given', async () => {
  using found = project({ '.env': 'DATABASE_URL=sqlite:./shop.db\n' })
  onFile(join(found.directory, 'shop.db'), shop)
  expect(await found.json('init --no-install')).toMatchObject({ ok: true, data: { database: 'sqlite' } })
  expect(found.read('yama.config.ts')).toContain("url: 'env:DATABASE_URL'")
  expect(await found.json('status')).toMatchObject({ ok: true })

  using given = project()
  onFile(join(given.directory, 'shop.db'), shop)
  const pulled = await given.json('init --from-db sqlite:./shop.db --no-install')
  expect(pulled).toMatchObject({ ok: true, data: { files: expect.arrayContaining([expect.stringMatching(/^schema\//)]) } })
  expect(await given.json('baseline')).toMatchObject({ ok: true })
  expect(await given.json('generate')).toMatchObject({ data: { status: 'empty' } })
})

test('a password never gets into the configuration that init writes', async () => {
  using made = project()
  const env = { DATABASE_URL: 'postgres://yama:hunter2@127.0.0.1:1/shop' }
  expect(await made.json('init --no-install', { env })).toMatchObject({ ok: true, data: { database: 'postgres' } })
  expect(made.read('yama.config.ts')).not.toContain('hunter2')
})
