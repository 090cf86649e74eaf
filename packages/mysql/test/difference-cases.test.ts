import { describe, expect, it } from 'vitest'
import { differenceCases, runCase } from './difference-case.ts'
import { schemaServers } from './schema-server.ts'

const corpus = process.env['YAMA_CORPUS_DIR']
if (corpus === undefined)
  console.warn("packages/mysql/test/difference-cases.test.ts: other tools' pairs are skipped, YAMA_CORPUS_DIR is not set")

describe.each(schemaServers.map((server) => [server.kind, server] as const))('difference cases on %s', (_, server) => {
  it.each(differenceCases(corpus).map((one) => [`${one.src} ${one.name}`, one] as const))('%s', async (_name, one) => {
    const { outcome, detail } = await runCase(one, server)
    if (outcome === 'unloadable') return
    expect(outcome, detail).toBe('ok')
  })
})

it.skipIf(schemaServers.length > 0)('difference cases of MySQL or MariaDB: no server answers', () => undefined)
