import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Size in bytes and hash of a backup; of a directory those of its files in the order of their names. */
export async function measureBackup(path: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  const read = async (file: string, shown: string): Promise<void> => {
    if ((await stat(file)).isDirectory()) {
      for (const name of (await readdir(file)).toSorted()) await read(join(file, name), `${shown}/${name}`)
      return
    }
    if (shown !== '') hash.update(`${shown}\0`)
    for await (const chunk of createReadStream(file)) {
      bytes += (chunk as Buffer).length
      hash.update(chunk as Buffer)
    }
  }
  await read(path, '')
  return { bytes, sha256: hash.digest('hex') }
}
