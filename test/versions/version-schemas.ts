import { readFileSync } from 'node:fs'
import { corpusSchemas } from '../../packages/postgres/test/corpus.ts'
import { EVERYTHING_MODELLED } from './everything-modelled.ts'

/** A schema that every version is asked to load, text by text. */
export interface VersionSchema {
  readonly name: string
  readonly texts: readonly string[]
}

/** Of the corpus: each a different author, tool and taste. */
const CHOSEN: ReadonlySet<string> = new Set([
  'sakila',
  'chinook Chinook_PostgreSql.sql',
  'chinook Chinook_PostgreSql_SerialPKs.sql',
  'conductor',
  'conductor-scheduler',
  'crates-io',
  'gitness',
  'homarr',
  'kestra',
  'kratos',
  'liam',
  'memos latest',
  'pocket-id',
  'stellar-horizon',
  'supabase-storage',
  'synapse',
  'temporal',
  'temporal visibility',
  'umami',
])

/** Twenty schemas where the corpus is there, else the one that is written here. */
export function versionSchemas(corpus: string | undefined): readonly VersionSchema[] {
  const own: VersionSchema = { name: 'everything the model carries', texts: [EVERYTHING_MODELLED] }
  if (corpus === undefined) return [own]
  const found = corpusSchemas(corpus).filter(({ name }) => CHOSEN.has(name))
  return [
    own,
    ...found.map(({ name, files, stubs, edit = (text: string) => text }) => ({
      name,
      texts: [...(stubs === undefined ? [] : [stubs]), ...files.map((file) => edit(readFileSync(file, 'utf8')))],
    })),
  ]
}
