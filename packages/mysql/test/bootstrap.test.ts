import { describe, expect, it } from 'vitest'
import { dialectOf, inNewDatabase, servers } from './runtime-database.ts'

describe.each(servers)('$name', ({ url }) => {
  it('makes the history once when 32 start together on an empty database', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = dialectOf(own)
      const connections = await Promise.all(Array.from({ length: 32 }, () => dialect.connect()))
      try {
        const histories = connections.map((connection) => dialect.createHistory(connection, { project: 'default' }))
        await Promise.all(histories.map((history) => history.ensure()))
        const ids = new Set((await Promise.all(histories.map((history) => history.read()))).map(({ databaseId }) => databaseId))
        expect(ids.size).toBe(1)
      } finally {
        await Promise.all(connections.map((connection) => connection[Symbol.asyncDispose]()))
      }
    })
  })
})
