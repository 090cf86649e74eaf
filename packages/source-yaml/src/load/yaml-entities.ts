import { factBase, type EntitySource } from '@yama/schema'
import { entityFiles } from '../read/entity-files.ts'
import { writeEntities } from '../from-facts/write-entities.ts'
import type { DocumentCacheOptions } from './document-cache.ts'
import { elsewhere } from './elsewhere.ts'
import { loadEntities } from './load-entities.ts'
import { statedOwners } from './stated-owners.ts'

export interface YamlEntitiesOptions {
  /** Absolute path of the directory of entity files. */
  readonly directory: string
  /** Absolute path of the project; positions are relative to it. */
  readonly root: string
  /** How names of entities become names of the database; see docs/reference/entities.md. */
  readonly naming?: Readonly<Record<string, string>>
  /** Where `load` keeps what it read, so that unchanged files are not parsed again; without it every file is. */
  readonly cache?: DocumentCacheOptions
}

/**
 * Entities in YAML files, one or many per file.
 *
 * `load` rejects once with YAMA_ENTITY_INVALID, whose `data` is the list of all mistakes with file, line and column;
 * lossy types and keys that are not carried yet are warnings. `write` changes only what differs: files, comments, key
 * order and what is only for people (doc, owner, ticket, …) stay.
 *
 * @example
 * const entities = yamlEntities({ directory: '/app/schema', root: '/app' })
 * const { desired, diagnostics } = await entities.load({ dialect: schemaDialect })
 */
export function yamlEntities({ directory, root, naming = {}, cache }: YamlEntitiesOptions): EntitySource {
  return {
    async load({ dialect }) {
      const files = await entityFiles(directory, root, 'refuse')
      const { facts, statedBy, diagnostics } = await loadEntities(files, dialect, naming, cache)
      return {
        desired: factBase(`${dialect.kind}:entities`, facts),
        diagnostics,
        // Looked for when somebody asks, which only a review does.
        get owners() {
          return statedOwners(statedBy)
        },
      }
    },
    async elsewhere({ dialect }, kind) {
      const { statedBy } = await loadEntities(await entityFiles(directory, root, 'refuse'), dialect, naming, cache)
      return elsewhere(statedBy, kind)
    },
    write: (facts, { dialect, canonical, onRequest }) => writeEntities(facts, { directory, root, naming, dialect, canonical, onRequest }),
  }
}
