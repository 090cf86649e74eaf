import { describe, expect, test } from 'vitest'
import { everyDatabase } from '../runtime/every-database.ts'
import { project } from './project.ts'

const view = (where: string): string =>
  `DROP VIEW IF EXISTS adults;\nCREATE VIEW adults AS SELECT id, age FROM people WHERE age >= ${where};\n`

describe.each(await everyDatabase(true))('repeatable migrations on $name', ({ open }) => {
  test('run after the others, again when they change, and are told by plan, status and history', async () => {
    using made = project({
      'migrations/001_people.sql': 'CREATE TABLE people (id INTEGER PRIMARY KEY, age INTEGER);\n',
      'migrations/R__adults.sql': view('18'),
      'migrations/repeatable/minors.sql': `-- requires: R__adults\n${view('0').replaceAll('adults', 'minors')}`,
    })
    await using database = await open(made.directory)
    const { env } = database
    const planned = await made.yama('plan', { env })
    expect(planned.output).toContain('repeatable, new or changed')
    expect(await made.json('up', { env })).toMatchObject({ data: { applied: ['001_people', 'R__adults', 'R__minors'] } })
    expect(await made.json('status --exit-code', { env })).toMatchObject({ exitCode: 0, data: { heads: ['001_people'], repeatable: [] } })
    expect(await made.json('up', { env })).toMatchObject({ reason: 'no changes' })

    made.write('migrations/R__adults.sql', `-- a comment changes nothing\n${view('18')}`)
    expect(await made.json('up', { env })).toMatchObject({ reason: 'no changes' })
    made.write('migrations/R__adults.sql', view('21'))
    made.write('migrations/002_row.sql', 'INSERT INTO people VALUES (1, 20), (2, 30);\n')
    expect((await made.yama('status', { env })).stdout).toContain('1 pending, 2 to repeat')
    const waits = await made.json('up --to 001_people', { env })
    expect(waits.diagnostics.map(({ code }) => code)).toContain('YAMA_REPEATABLE_WAITS')
    expect(await made.json('up', { env })).toMatchObject({ data: { applied: ['002_row', 'R__adults', 'R__minors'] } })
    expect(await database.query('SELECT id FROM adults')).toEqual([{ id: 2 }])
    const events = (await made.json('history R__adults', { env })).data
    expect(JSON.stringify(events).match(/migration\.succeeded/g)).toHaveLength(2)

    made.remove('migrations/R__adults.sql')
    made.write('migrations/repeatable/minors.sql', view('0').replaceAll('adults', 'minors'))
    expect(await made.json('status', { env })).toMatchObject({ data: { missing: [] } })
    // The graph, and what is made from it, has nothing of them.
    expect((await made.yama('graph', { env })).stdout).not.toContain('R__')
  })
})
