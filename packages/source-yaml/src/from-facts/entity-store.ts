import { mkdir, rm } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { writeWhole } from '@yama/core/files'
import { Document, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml'
import type { EntityText } from '../read/entity-files.ts'
import { modeline } from '../json-schema/modeline.ts'
import { printOptions } from './yaml-style.ts'

interface StoredFile {
  readonly path: string
  readonly documents: readonly Document[]
  touched: boolean
  readonly isNew: boolean
}

/** The entity files while they are changed; only what was touched is written. */
export interface EntityStore {
  /** A document of a file that is there; marks the file as touched. */
  touch(file: string, index: number): Document
  /** The first document of a file that may be there, made when it is not. */
  open(name: string): Document
  has(name: string): boolean
  /** The keys of a section in all files. */
  keys(section: string): Set<string>
  /** A statement in a file of its own, by its path from the entity file. */
  writeStatement(file: string, name: string, text: string): void
  /** Writes, removes files that say nothing any more, and returns their names relative to the project. */
  save(): Promise<readonly string[]>
}

const sectionNames = [
  'entities',
  'enums',
  'domains',
  'types',
  'views',
  'functions',
  'triggers',
  'rules',
  'statistics',
  'publications',
  'eventTriggers',
  'objects',
  'sequences',
  'extensions',
  'schemas',
  'grants',
  'owners',
  'defaultPrivileges',
]

function isEmpty(document: Document): boolean {
  if (document.contents === null) return true
  if (!isMap(document.contents)) return false
  for (const name of sectionNames) {
    const section = document.get(name)
    if ((isMap(section) || isSeq(section)) && section.items.length === 0) document.delete(name)
  }
  return document.contents.items.every((item) => ['version', 'compat'].includes(String(item.key)))
}

export function entityStore(files: readonly EntityText[], directory: string, root: string): EntityStore {
  const stored = new Map<string, StoredFile>()
  for (const { file, path, text } of files) {
    const parsed = parseAllDocuments(text, { logLevel: 'silent' })
    const documents = 'empty' in parsed ? [] : (parsed as unknown as Document[])
    stored.set(file, { path, documents, touched: false, isNew: false })
  }
  const statements = new Map<string, string>()
  const nameOf = (name: string): string => relative(root, join(directory, name)).split(sep).join('/')
  return {
    has: (name) => stored.has(nameOf(name)),
    keys(section) {
      const found = [...stored.values()].flatMap(({ documents }) => documents.map((document) => document.get(section)))
      return new Set(found.flatMap((node) => (isMap(node) ? node.items.map(({ key }) => String(isScalar(key) ? key.value : key)) : [])))
    },
    touch(file, index) {
      const each = stored.get(file)
      const document = each?.documents[index]
      if (each === undefined || document === undefined) return new Document({})
      each.touched = true
      return document
    },
    open(name) {
      const file = nameOf(name)
      const known = stored.get(file)
      const first = known?.documents[0]
      if (known !== undefined && first !== undefined) {
        known.touched = true
        if (first.contents === null) first.contents = first.createNode({ version: 1 }) as never
        return first
      }
      const path = join(directory, name)
      const document = new Document({ version: 1 })
      document.commentBefore = modeline(
        relative(dirname(path), join(root, '.yama/schema/entity.schema.json')).split(sep).join('/'),
      ).replace(/^#/, '')
      stored.set(file, { path, documents: [document], touched: true, isNew: true })
      return document
    },
    writeStatement(file, name, text) {
      const path = stored.get(file)?.path
      if (path !== undefined) statements.set(join(dirname(path), name), text)
    },
    async save() {
      const changed: string[] = []
      for (const [path, text] of statements) {
        changed.push(relative(root, path).split(sep).join('/'))
        await writeWhole(path, text)
      }
      for (const [file, { path, documents, touched, isNew }] of stored) {
        if (!touched) continue
        const empty = documents.every(isEmpty)
        if (empty && isNew) continue
        changed.push(file)
        if (empty) await rm(path)
        else {
          await mkdir(dirname(path), { recursive: true })
          await writeWhole(path, documents.map((document) => document.toString(printOptions)).join(''))
        }
      }
      return changed.toSorted()
    },
  }
}
