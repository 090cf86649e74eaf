// `pnpm peers:runner [--write]`: what the tests and documentation of other tools demand of a runner, taken against Yama on every database that is here; the
// share that holds goes to docs/reference/peer-behaviours.md.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { PeerList } from '../test/peers/behaviour.ts'
import { peerLists } from '../test/peers/peer-lists.ts'
import { playBehaviour } from '../test/peers/play-behaviour.ts'
import { everyDatabase } from '../test/runtime/every-database.ts'

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } })
const databases = await everyDatabase()
const failed: string[] = []

interface Counted {
  readonly list: PeerList
  /** Behaviours that are as the peer demands, on every database. */
  readonly holds: number
  readonly differs: number
}

/** What goes wrong, case by case; undefined for a case that holds everywhere. */
const wrong = new Map<string, string[]>()
const key = (list: number, at: number): string => `case_${String(list)}_${String(at)}`
for (const { name, open } of databases) {
  const directory = mkdtempSync(join(tmpdir(), 'yama-peers-'))
  await using database = await open(directory)
  for (const [list, { peer, behaviours }] of peerLists.entries()) {
    for (const [at, behaviour] of behaviours.entries()) {
      const found = await playBehaviour(database.dialect, behaviour, key(list, at))
      if (found === undefined) continue
      wrong.set(key(list, at), [...(wrong.get(key(list, at)) ?? []), found])
      failed.push(`${peer}, ${behaviour.name}, ${name}: ${found}`)
    }
  }
  rmSync(directory, { recursive: true, force: true })
}
const counted = peerLists.map((list, index): Counted => ({
  list,
  holds: list.behaviours.filter(({ differs }, at) => differs === undefined && !wrong.has(key(index, at))).length,
  differs: list.behaviours.filter(({ differs }) => differs !== undefined).length,
}))
const sum = (of: (one: Counted) => number): number => counted.reduce((total, one) => total + of(one), 0)
const cases = sum(({ list }) => list.behaviours.length)
const share = ((100 * sum(({ holds }) => holds)) / cases).toFixed(1)
const row = ({ list, holds, differs }: Counted): string =>
  `| ${list.peer} | ${list.source} | ${String(list.behaviours.length)} | ${String(holds)} | ${String(differs)} | ${String(list.apart.length)} |`
const cell = (text: string): string => text.replaceAll('|', '\\|')
const page = `<!-- Written by \`pnpm peers --write\`. -->
# What other tools demand of a runner

Cases that the tests and the documentation of other migration tools state, written as data of our own (\`test/peers/\`) and taken step by step against Yama on
${databases.map(({ name }) => name).join(', ')}. A case **holds** where Yama does what the peer demands, on each of them. It **differs** where Yama does otherwise on purpose: then the steps
are what Yama does, and the reason is below. What nothing of Yama corresponds to stands **apart**, with the reason. CI takes all of them.

${String(cases)} cases: **${share} % hold**, ${String(sum(({ differs }) => differs))} differ on purpose, ${String(failed.length)} fail.

| Peer | Source | Cases | Hold | Differ | Apart |
|---|---|---|---|---|---|
${counted.map(row).join('\n')}

## Where Yama does otherwise

| Peer | Case | It demands | Why not here |
|---|---|---|---|
${peerLists
  .flatMap(({ peer, behaviours }) =>
    behaviours.flatMap(({ name, says, differs }) =>
      differs === undefined ? [] : [`| ${peer} | ${cell(name)} | ${cell(says)} | ${cell(differs)} |`],
    ),
  )
  .join('\n')}

## What stands apart

| Peer | Case | Why |
|---|---|---|
${peerLists.flatMap(({ peer, apart }) => apart.map(({ name, why }) => `| ${peer} | ${cell(name)} | ${cell(why)} |`)).join('\n')}
`
process.stdout.write(page)
for (const failure of failed) process.stdout.write(`${failure}\n`)
if (values.write) writeFileSync(join(resolve(import.meta.dirname, '..'), 'docs', 'reference', 'peer-behaviours.md'), page)
process.exit(failed.length > 0 ? 1 : 0)
