import { postgres } from '@yama/postgres'
import type { Connection } from '@yama/core'
import { difference, factBase, planChange, requirePlan, type FactBase } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { deltaLines, throughEntities } from '../../../test/entities/round-trip.ts'
import { runActions } from './difference-case.ts'
import { schemaDialect } from './dialect-under-test.ts'
import { inNewDatabase, servers } from './runtime-database.ts'
import { emptied, facts } from './states.ts'

const TARGET = 'CREATE TABLE x (id int PRIMARY KEY);'
const BARE = `${TARGET} CREATE TABLE p (a int NOT NULL, r int) PARTITION BY RANGE (a);`
const FULL = `${TARGET} CREATE TABLE p (a int NOT NULL, r int, CONSTRAINT p_fk FOREIGN KEY (r) REFERENCES x, CONSTRAINT p_check CHECK (r > 0), CONSTRAINT p_key UNIQUE (a, r))
  PARTITION BY RANGE (a); CREATE INDEX p_index ON p (r);`
const PLAIN = 'CREATE TABLE t (a int NOT NULL, r int);'
const OWN = `CREATE TABLE t (a int NOT NULL, r int, CONSTRAINT own_fk FOREIGN KEY (r) REFERENCES x, CONSTRAINT p_check CHECK (r > 0), CONSTRAINT own_check CHECK (r > 0),
  CONSTRAINT own_key UNIQUE (a, r)); CREATE INDEX own_index ON t (r);`
const ATTACH = 'ALTER TABLE p ATTACH PARTITION t FOR VALUES FROM (0) TO (9)'

/** Each is changed to the next one and back. */
const STATES: readonly (readonly [title: string, sql: string])[] = [
  ['apart, with nothing of its own', `${FULL} ${PLAIN}`],
  ['made as a partition', `${FULL} CREATE TABLE t PARTITION OF p FOR VALUES FROM (0) TO (9)`],
  ['apart, with what the parent has under other names', `${FULL} ${OWN}`],
  ['attached with what it has', `${FULL} ${OWN} ${ATTACH}`],
  ['apart with nothing, of a parent with nothing', `${BARE} ${PLAIN}`],
  ['a partition with everything of its own', `${BARE} ${OWN} ${ATTACH}`],
  ['attached with what it has, again', `${FULL} ${OWN} ${ATTACH}`],
  ['apart, with what a parent with nothing does not have', `${BARE} ${OWN}`],
  ['made as a partition, again', `${FULL} CREATE TABLE t PARTITION OF p FOR VALUES FROM (0) TO (9)`],
]

describe.each(servers)('what a partition has of its own and from its parent, on $name', ({ url }) => {
  const planned = (connection: Connection, before: FactBase, after: FactBase) =>
    requirePlan(planChange({ before, after, dialect: schemaDialect, renames: [], server: connection.server })).actions

  it('comes and goes under its own name', { timeout: 240_000 }, async () => {
    await inNewDatabase(url, async (own) => {
      await using connection = await postgres({ url: own }).connect()
      const bases: FactBase[] = []
      for (const [, sql] of STATES) {
        await emptied(connection)
        await connection.execute(sql)
        bases.push(await facts(connection))
      }
      for (const [index, [title, sql]] of STATES.slice(0, -1).entries()) {
        await emptied(connection)
        await connection.execute(sql)
        const [first, second] = [bases[index], bases[index + 1]]
        if (first === undefined || second === undefined) continue
        for (const [before, after] of [
          [first, second],
          [second, first],
        ] as const) {
          await runActions(connection, planned(connection, before, after))
          expect(deltaLines(difference(await facts(connection), after)), `${title} and back`).toEqual([])
        }
      }
    })
  })

  it('a name that a foreign key has in a partition comes back from the entities', async () => {
    await inNewDatabase(url, async (own) => {
      await using connection = await postgres({ url: own }).connect()
      await connection.execute(`${FULL} ${OWN} ${ATTACH}`)
      const wanted = await facts(connection)
      const written = await throughEntities(wanted, schemaDialect)
      expect(Object.values(written.files).join('\n')).toContain('p_fk: own_fk')
      await emptied(connection)
      await runActions(connection, planned(connection, factBase(wanted.tag, []), written.desired))
      const made = await facts(connection)
      expect(deltaLines(difference(made, wanted))).toEqual([])
      expect(await written.again(() => Promise.resolve(made))).toEqual([])
      written.dispose()
    })
  })
})
