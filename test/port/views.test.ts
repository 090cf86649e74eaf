import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { port, pull, type PortReport } from '@yama/authoring'
import { yamlEntities } from '@yama/source-yaml'
import { afterAll, describe, expect, it } from 'vitest'
import {
  emptyDatabase,
  mysqlEngines,
  pgliteEngine,
  postgresEngines,
  sqliteEngine,
  type Database,
  type Engine,
} from '../corpus/databases.ts'
import { runDirectory } from '../corpus/load-set.ts'
import { projectAt } from '../corpus/project-at.ts'

/** What every database takes as it is written. */
const TABLES = `
CREATE TABLE person (id integer NOT NULL PRIMARY KEY, name varchar(40) NOT NULL, nick varchar(40), age integer, team_id integer);
CREATE TABLE team (id integer NOT NULL PRIMARY KEY, title varchar(40) NOT NULL);
`
const PORTED = `
CREATE VIEW adults AS SELECT id, name, coalesce(nick, 'none') AS nick FROM person WHERE age >= 18 AND name <> 'x';
CREATE VIEW members AS SELECT p.id, p.name, t.title FROM person p JOIN team t ON t.id = p.team_id;
CREATE VIEW all_members AS SELECT p.name AS person, t.title FROM person p LEFT JOIN team t ON t.id = p.team_id AND t.id > 0;
CREATE VIEW sizes AS SELECT t.title, count(*) AS members, sum(p.age) AS years, max(p.name) AS last FROM team t JOIN person p ON p.team_id = t.id GROUP BY t.title HAVING count(*) > 1 ORDER BY t.title;
CREATE VIEW kinds AS SELECT DISTINCT CASE WHEN age < 18 THEN 'young' WHEN age IS NULL THEN 'unknown' ELSE 'old' END AS kind FROM person;
CREATE VIEW grown AS SELECT a.id, upper(a.name) AS name FROM adults a WHERE a.id IN (1, 2, 3) OR a.id BETWEEN 10 AND 20;
CREATE VIEW pairs AS SELECT p.id, t.id AS team FROM person p CROSS JOIN team t WHERE NOT (p.team_id = t.id) ORDER BY p.id DESC;
`
const LEFT = `
CREATE VIEW ratio AS SELECT id, age / 2 AS half FROM person;
CREATE VIEW means AS SELECT team_id, avg(age) AS mean FROM person GROUP BY team_id;
CREATE VIEW newest AS SELECT id FROM person WHERE id = (SELECT max(id) FROM person);
CREATE VIEW both_names AS SELECT name FROM person UNION SELECT title FROM team;
CREATE VIEW over_newest AS SELECT id FROM newest;
`
const ROWS = `
INSERT INTO team VALUES (1, 'red'), (2, 'blue'), (3, 'none');
INSERT INTO person VALUES (1, 'Ann', NULL, 30, 1), (2, 'Bob', 'b', 17, 1), (3, 'Cem', NULL, 44, 2), (4, 'Dee', 'd', NULL, NULL), (5, 'x', NULL, 20, 2), (12, 'Eve', 'e', 50, 3);
`
const VIEWS = [...PORTED.matchAll(/VIEW (\w+)/g)].map(([, name = '']) => name)
const OTHERS = [...LEFT.matchAll(/VIEW (\w+)/g)].map(([, name = '']) => name)

const roots: string[] = []
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true })
})

async function ported(source: Database, from: Engine, target: Database, to: Engine): Promise<PortReport> {
  const root = mkdtempSync(join(tmpdir(), 'yama-port-views-'))
  roots.push(root)
  {
    await using connection = await source.dialect.connect()
    const entities = yamlEntities({ directory: join(root, 'schema'), root })
    await pull(connection, source.dialect, { schemas: [], include: [], exclude: [] }, entities)
  }
  const project = projectAt(join(root, 'out'), target.dialect, to.url)
  const report = await port(projectAt(root, source.dialect, from.url), project, { answers: {}, defaults: true })
  await runDirectory(target, project.migrationsDirectory)
  return report
}

async function runStatements({ dialect }: Database, script: string): Promise<void> {
  await using connection = await dialect.connect()
  for (const { text } of dialect.splitStatements(script)) await connection.execute(text)
}

/** Every row as text, in an order that no collation has a say in. */
async function rowsOf({ dialect }: Database, view: string): Promise<readonly string[]> {
  await using connection = await dialect.connect()
  const { rows } = await connection.execute(`SELECT * FROM ${view}`)
  return rows
    .map((row) => JSON.stringify(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value === null ? null : String(value)])))
    .toSorted()
}

const [newest = pgliteEngine] = await postgresEngines()
const engines = [newest, sqliteEngine, ...(await mysqlEngines())]

describe.each(engines)('views of $title', (from) => {
  it.each(engines.filter((each) => each !== from))('say the same on $title, or are a question', { timeout: 120_000 }, async (to) => {
    await using source = await emptyDatabase(from)
    await using target = await emptyDatabase(to)
    await runStatements(source, TABLES + PORTED + LEFT)
    const report = await ported(source, from, target, to)
    const refused = report.findings
      .filter(({ outcome }) => outcome === 'refused')
      .map(({ object }) => object.replace(/^view:(?:public\.)?/, ''))
    expect(refused.toSorted()).toEqual(OTHERS.toSorted())
    await runStatements(source, ROWS)
    await runStatements(target, ROWS)
    for (const view of VIEWS) expect(await rowsOf(target, view), view).toEqual(await rowsOf(source, view))
  })
})
