import { expect, test } from 'vitest'
import { parseWords } from './command-parser.ts'
import { parseArguments } from './parse-arguments.ts'
import { registry, type RegistryEntry } from './registry.ts'

test.each(Object.entries(registry) as [string, RegistryEntry][])(
  '%s without a word is what its parser makes of it',
  async (name, entry) => {
    const command = await entry.load()
    const found = await parseArguments([name]).catch((error: unknown) => error)
    const parsed = ((): unknown => {
      try {
        return parseWords(name, command, [])
      } catch (error) {
        return error
      }
    })()
    expect(found).toEqual(parsed)
  },
)
