import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AnyDelta, FactBase, SchemaDialect } from '@yama/schema'
import { YamaError, type Diagnostic } from '@yama/core'
import { yamlEntities } from '@yama/source-yaml'

export interface Written {
  readonly desired: FactBase
  readonly files: Readonly<Record<string, string>>
  /** Files that a second pull would change, with what the server makes of the entities; must be empty. */
  again(canonical: (desired: FactBase) => Promise<FactBase>): Promise<readonly string[]>
  dispose(): void
}

/** Facts → entity files → facts, in a directory of their own. */
export async function throughEntities(facts: FactBase, dialect: SchemaDialect): Promise<Written> {
  const directory = mkdtempSync(join(tmpdir(), 'yama-entities-'))
  const source = yamlEntities({ directory, root: directory })
  await source.write(facts, { dialect })
  const files = Object.fromEntries(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8')]))
  try {
    const { desired } = await source.load({ dialect })
    return {
      desired,
      files,
      again: (canonical) => source.write(facts, { dialect, canonical }),
      dispose: () => rmSync(directory, { recursive: true }),
    }
  } catch (error) {
    if (YamaError.is(error))
      console.error(
        (error.data as readonly Diagnostic[] | undefined)
          ?.map((each) => `${each.position?.file}:${each.position?.line}:${each.position?.column} ${each.code} ${each.message}`)
          .join('\n'),
      )
    throw error
  }
}

export const deltaLines = (deltas: readonly AnyDelta[]): readonly string[] =>
  deltas.map((delta) => `${delta.change} ${delta.id}${'attributes' in delta ? ` ${JSON.stringify(delta.attributes)}` : ''}`)

/** How much of a pull reads as a person would write it. */
export function rawShare(files: Readonly<Record<string, string>>): string {
  const lines = Object.values(files).join('\n').split('\n')
  return `${lines.length} lines, ${lines.filter((line) => /\bsql: /.test(line)).length} with raw SQL`
}
