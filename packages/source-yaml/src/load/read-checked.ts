import { setImmediate as others } from 'node:timers/promises'
import type { Report } from '../errors/report.ts'
import type { EntityText } from '../read/entity-files.ts'
import { fromKnownDocument, type KnownDocument } from '../read/known-document.ts'
import { plainDocument } from '../read/plain-document.ts'
import { readDocuments } from '../read/read-documents.ts'
import type { SourceDocument } from '../read/source-document.ts'
import { type Checked, validateDocument } from '../read/validate-document.ts'
import type { DocumentCache } from './document-cache.ts'

/** Files between which other work of the process gets its turn: a server that starts meanwhile. */
const AT_ONCE = 8

export interface ReadEntities {
  readonly documents: readonly SourceDocument[]
  /** The same, with their data checked. */
  readonly checked: readonly Checked[]
  /** Done when the cache is written. */
  readonly saved: Promise<void>
}

/** Every document of the files, checked; those of unchanged files from the cache. Mistakes go to the report. */
export async function readChecked(files: readonly EntityText[], report: Report, cache: DocumentCache): Promise<ReadEntities> {
  const checked: Checked[] = []
  const documents: SourceDocument[] = []
  for (const [at, { file, text, statement = () => undefined }] of files.entries()) {
    if (at % AT_ONCE === AT_ONCE - 1) await others()
    const known = cache.find(file, text)
    if (known !== undefined) {
      for (const each of known) {
        const again = fromKnownDocument(each, file, text, statement)
        checked.push(again)
        documents.push(again.source)
      }
      continue
    }
    const plain = await plainChecked(text, file, statement)
    if (plain !== undefined) {
      cache.keep(file, text, [plain.checked], [plain.known])
      checked.push(plain.checked)
      documents.push(plain.checked.source)
      continue
    }
    const complaints = report.found.length
    const own: Checked[] = []
    for (const document of readDocuments(text, file, report, statement)) {
      documents.push(document)
      own.push(await validateDocument(document, report))
    }
    if (report.found.length === complaints) cache.keep(file, text, own)
    checked.push(...own)
  }
  return { documents, checked, saved: cache.save() }
}

interface PlainlyChecked {
  readonly known: KnownDocument
  readonly checked: Checked
}

/** A document of the plainest YAML without a mistake; undefined for any other, which the parser of YAML reads. */
async function plainChecked(text: string, file: string, statement: SourceDocument['fileText']): Promise<PlainlyChecked | undefined> {
  const plain = plainDocument(text)
  if (plain === undefined || 'compat' in plain.data) return undefined
  const { entityFile } = await import('../schema/file-schema.ts')
  const { data, success } = entityFile.safeParse(plain.data)
  if (!success) return undefined
  const known = { ...plain, data, index: 0 }
  return { known, checked: fromKnownDocument(known, file, text, statement) }
}
