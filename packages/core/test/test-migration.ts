import type { Migration, SqlStep } from '../src/contract/migration.ts'
import { rawHash, semanticHash } from '../src/hash/semantic-hash.ts'

interface Options extends Partial<Pick<Migration, 'phase' | 'reversibility' | 'name' | 'kind'>> {
  readonly up?: readonly string[]
  readonly down?: readonly string[]
  readonly parents?: readonly string[]
}

const steps = (file: string, texts: readonly string[]): readonly SqlStep[] =>
  texts.map((text, index) => ({
    kind: 'sql',
    text,
    position: { file, line: index + 1, column: 1 },
    transaction: text.startsWith('alone') ? 'none' : 'any',
  }))

/** A migration for the tests of core, which cannot use the testkit's. */
export function testMigration(id: string, options: Options = {}): Migration {
  const { up = [`create t_${id}`], down, parents, name = id, phase = 'expand', kind = 'sql', reversibility } = options
  const file = `migrations/${name}.sql`
  const body = [...up, ...(down ?? [])].join(';\n')
  const transaction = { up: 'auto', down: 'auto' } as const
  return {
    id,
    name,
    file,
    kind,
    phase,
    transaction,
    body,
    version: /^\d*/.exec(name)?.[0] ?? '',
    parents: (parents ?? []).map((text) => {
      const [parent = '', link] = text.split('@')
      return link === undefined ? { id: parent } : { id: parent, link }
    }),
    up: steps(file, up),
    ...(down === undefined ? {} : { down: steps(file, down) }),
    ...(reversibility === undefined ? {} : { reversibility }),
    metadata: { other: {} },
    requires: [],
    rawHash: rawHash(body),
    semanticHash: semanticHash({ up, down, transaction, phase, requires: [] }),
    headerless: parents === undefined,
  }
}
