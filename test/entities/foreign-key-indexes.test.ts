import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pull } from '@yama/authoring'
import { yamlEntities } from '@yama/source-yaml'
import { describe, expect, it } from 'vitest'
import { emptyDatabase, mysqlEngines } from '../corpus/databases.ts'
import { roundTrip } from '../corpus/round-trip.ts'

/** The indexes that entities have to state; a server makes the others for a foreign key by itself, so that stating them is noise. */
const CASES: readonly (readonly [what: string, child: string, stated: readonly string[]])[] = [
  ['one of its name over its columns', 'KEY fk_a (a), CONSTRAINT fk_a FOREIGN KEY (a) REFERENCES parent (id)', []],
  ['one of another name', 'KEY by_a (a), CONSTRAINT fk_a FOREIGN KEY (a) REFERENCES parent (id)', ['by_a']],
  ['one of its name that has a comment', "KEY fk_a (a) COMMENT 'x', CONSTRAINT fk_a FOREIGN KEY (a) REFERENCES parent (id)", ['fk_a']],
  ['a longer one beside it', 'KEY fk_a (a), KEY longer (a, b), CONSTRAINT fk_a FOREIGN KEY (a) REFERENCES parent (id)', ['fk_a', 'longer']],
  [
    'one key over the beginning of the columns of another',
    'KEY fk_ab (a, b), CONSTRAINT fk_a FOREIGN KEY (a) REFERENCES parent (id), CONSTRAINT fk_ab FOREIGN KEY (a, b) REFERENCES parent (id, n)',
    ['fk_ab'],
  ],
  ['two keys', 'CONSTRAINT fk_a FOREIGN KEY (a) REFERENCES parent (id), CONSTRAINT fk_b FOREIGN KEY (b) REFERENCES parent (id)', []],
]

const script = (child: string): readonly string[] => [
  'CREATE TABLE parent (id int PRIMARY KEY, n int NOT NULL, UNIQUE KEY both_of (id, n))',
  `CREATE TABLE child (id int PRIMARY KEY, a int, b int, ${child})`,
]

const engines = await mysqlEngines()

describe.each(engines.map((engine) => [engine.title, engine] as const))('indexes of foreign keys on %s', (_, engine) => {
  it.each(CASES)('are stated where they have to be: %s', { timeout: 60_000 }, async (_what, child, stated) => {
    const root = mkdtempSync(join(tmpdir(), 'yama-key-index-'))
    try {
      await using database = await emptyDatabase(engine)
      await using connection = await database.dialect.connect()
      for (const sql of script(child)) await connection.execute(sql)
      const entities = yamlEntities({ directory: join(root, 'schema'), root })
      await pull(connection, database.dialect, { schemas: [], include: [], exclude: [] }, entities)
      const written = readFileSync(join(root, 'schema', 'child.yaml'), 'utf8')
      expect([...(written.split('indexes:')[1] ?? '').matchAll(/name: (\w+)/g)].map(([, name]) => name)).toEqual(stated)
      const file = join(root, 'schema.sql')
      writeFileSync(file, script(child).join(';\n'))
      const { problems, refused } = await roundTrip({ name: 'keys', kind: 'mysql', load: { by: 'files', files: [file] } }, engine)
      expect([...refused, ...problems]).toEqual([])
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  })
})
