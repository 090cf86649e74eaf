import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { everyDatabase } from '../runtime/every-database.ts'
import { peerLists } from './peer-lists.ts'
import { playBehaviour } from './play-behaviour.ts'

test.each(await everyDatabase())('behaviours of peers on $name', { timeout: 300_000 }, async ({ open }) => {
  const directory = mkdtempSync(join(tmpdir(), 'yama-peers-'))
  await using database = await open(directory)
  const wrong: string[] = []
  for (const [list, { peer, behaviours }] of peerLists.entries()) {
    for (const [at, behaviour] of behaviours.entries()) {
      const found = await playBehaviour(database.dialect, behaviour, `case_${String(list)}_${String(at)}`)
      if (found !== undefined) wrong.push(`${peer}, ${behaviour.name}: ${found}`)
    }
  }
  expect(wrong).toEqual([])
  rmSync(directory, { recursive: true, force: true })
})
