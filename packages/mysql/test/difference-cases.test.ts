import { describe, expect, it } from 'vitest'
import { differenceCases, runCase } from './difference-case.ts'
import { schemaServers } from './schema-server.ts'

const corpus = process.env['YAMA_CORPUS_DIR']
if (corpus === undefined)
  console.warn("packages/mysql/test/difference-cases.test.ts: other tools' pairs are skipped, YAMA_CORPUS_DIR is not set")

/** An event is not part of the model yet: two states that differ in one are told apart, and nothing is done. */
const UNMANAGED = /_events\.yml$/

describe.each(schemaServers.map((server) => [server.kind, server] as const))('difference cases on %s', (_, server) => {
  it.each(differenceCases(corpus).map((one) => [`${one.src} ${one.name}`, one] as const))('%s', async (_name, one) => {
    const { outcome, detail } = await runCase(one, server)
    if (outcome === 'unloadable') return
    if (UNMANAGED.test(one.file ?? '')) expect(['ok', 'unmanaged'], detail).toContain(outcome)
    else expect(outcome, detail).toBe('ok')
  })
})

it.skipIf(schemaServers.length > 0)('difference cases of MySQL or MariaDB: no server answers', () => undefined)
