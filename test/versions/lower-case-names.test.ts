import { randomBytes } from 'node:crypto'
import type { Dialect } from '@yama/core'
import { mariadb, mysql } from '@yama/mysql'
import { difference, stateHash, type FactBase } from '@yama/schema'
import { mysqlTargets } from '@yama/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMysql, stopMysql, type StartedServer } from '../../scripts/servers/mysql-servers.mjs'
import { EVERYTHING, loadTexts, schemaOf } from './read-schema.ts'

const SCHEMA = `
CREATE TABLE parent (id int PRIMARY KEY, name varchar(20), KEY by_name (name));
CREATE TABLE child (id int PRIMARY KEY, parent_id int, CONSTRAINT child_parent FOREIGN KEY (parent_id) REFERENCES parent (id));
CREATE TABLE log (at datetime, what varchar(20));
CREATE VIEW names AS SELECT parent.name, child.id FROM parent JOIN child ON child.parent_id = parent.id;
CREATE VIEW names_again AS SELECT * FROM names;
CREATE TRIGGER parent_log AFTER INSERT ON parent FOR EACH ROW INSERT INTO log VALUES (now(), new.name);
CREATE PROCEDURE clean() DELETE FROM log;`
/** As a person writes it who knows that such a server does not mind. */
const CARELESS = SCHEMA.replaceAll(/\b(parent|child|log|names|names_again)\b(?!_)/g, (name) => name.toUpperCase())

const open = (url: string): Dialect => (url.startsWith('mariadb:') ? mariadb({ url }) : mysql({ url }))

async function read(server: string, script: string): Promise<FactBase> {
  // Names of databases are in lower case there too, and the text of a view names its own.
  const name = `Yama_Names_${randomBytes(4).toString('hex')}`
  await using administration = await open(server).connect()
  await administration.execute(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`)
  try {
    const dialect = open(Object.assign(new URL(server), { pathname: `/${name}` }).href)
    await using connection = await dialect.connect()
    expect(await loadTexts(connection, dialect, [script])).toEqual([])
    return await schemaOf(dialect).extract(connection, EVERYTHING)
  } finally {
    await administration.execute(`DROP DATABASE ${name}`)
  }
}

/** Everything but the text of bodies, which the servers keep as it was written. */
const plainly = (base: FactBase): unknown =>
  [...base.facts.values()].map(({ id, dependsOn, payload }) => {
    const { definition, ...rest } = { definition: '', ...payload }
    return { id, dependsOn, rest, definition: definition.toLowerCase() }
  })

describe.each(await mysqlTargets())('names in lower case on $name', ({ url }) => {
  let server: StartedServer | undefined
  let usual: FactBase
  beforeAll(async () => {
    usual = await read(url, SCHEMA)
    try {
      server = await startMysql(url.startsWith('mariadb:') ? 'mariadb' : 'mysql', { settings: ['--lower-case-table-names=1'] })
    } catch (error) {
      console.warn(`no server with lower_case_table_names: ${error instanceof Error ? error.message : String(error)}`)
    }
  }, 120_000)
  afterAll(async () => {
    if (server !== undefined) await stopMysql(server.directory)
  })

  it('the model is that of a server which keeps the case', async ({ skip }) => {
    if (server === undefined) return skip()
    const found = await read(server.url, SCHEMA)
    expect(difference(usual, found)).toEqual([])
    expect(stateHash(found)).toBe(stateHash(usual))
    expect(plainly(found)).toEqual(plainly(usual))
  })

  it('what foreign keys, views, triggers and procedures call by another case is found', async ({ skip }) => {
    if (server === undefined) return skip()
    const found = await read(server.url, CARELESS)
    expect(plainly(found)).toEqual(plainly(usual))
  })
})
