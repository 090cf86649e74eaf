import { difference, findRenames, invertRenames, planChange, requirePlan } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { observe } from './observe.ts'
import { facts, inDatabase, run, runActions, schemaServers } from './schema-server.ts'

const OLD =
  'CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, p int, CONSTRAINT old FOREIGN KEY (p) REFERENCES p (id))'
const BOTH = OLD.replace('CONSTRAINT old', 'CONSTRAINT new')
const KEY_ALONE = OLD.replace('CONSTRAINT old', 'KEY old (p), CONSTRAINT new')

describe.each(schemaServers.map((server) => [server.kind, server] as const))(
  'an index that the server made for a foreign key, on %s',
  (_, server) => {
    it.each([
      ['is renamed with its key', BOTH, ['index', 'constraint']],
      ['keeps its name where its key gets another one', KEY_ALONE, ['constraint']],
    ])('%s', async (_name, wanted, kinds) => {
      await inDatabase(server, (left) =>
        inDatabase(server, async (right) => {
          await run(left, OLD)
          await run(right, wanted)
          const [before, after, seen, wished] = [await facts(left), await facts(right), await observe(left), await observe(right)]
          const { renames } = findRenames(before, after, [], server.schema)
          expect(renames.map(({ to }) => to.split(':')[0])).toEqual(kinds)
          const shared = { dialect: server.schema, server: left.server }
          await runActions(left, requirePlan(planChange({ before, after, renames, ...shared })).actions)
          expect(difference(await facts(left), after)).toEqual([])
          expect(await observe(left)).toEqual(wished)
          const back = planChange({ before: after, after: before, renames: invertRenames(renames), ...shared })
          await runActions(left, requirePlan(back).actions)
          expect(difference(await facts(left), before)).toEqual([])
          expect(await observe(left)).toEqual(seen)
        }),
      )
    })
  },
)

it.skipIf(schemaServers.length > 0)('an index that the server made for a foreign key: no server answers', () => undefined)
