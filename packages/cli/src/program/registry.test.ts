import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { registry, type RegistryEntry } from './registry.ts'
import { summaries } from './summaries.ts'

const entries = Object.entries(registry) as [keyof typeof registry, RegistryEntry][]

test.each(entries)('%s is named once: registry, file, summary, examples', async (name, entry) => {
  const command = await entry.load()
  expect(command.name).toBe(name)
  expect(command.summary).toBe(summaries[name])
  expect(command.examples.length).toBeGreaterThan(0)
  for (const example of command.examples) expect(example).toMatch(new RegExp(`^yama ${name}\\b`))
})

test('every file of the folder is a command of the registry', () => {
  const files = readdirSync(new URL('../commands', import.meta.url))
    .filter((file) => !file.includes('.test.'))
    .map((file) => file.replace('.ts', ''))
  expect(files.toSorted()).toEqual(Object.keys(registry).toSorted())
})

test('no two commands share a name or an alias', () => {
  const names = entries.flatMap(([name, entry]) => [name, ...(entry.aliases ?? [])])
  expect(new Set(names).size).toBe(names.length)
})
