import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { parseArguments } from '../../packages/cli/src/program/parse-arguments.ts'
import { blocks } from './blocks.ts'

const readme = readFileSync(join(resolve(import.meta.dirname, '..', '..'), 'README.md'), 'utf8')
const inReadme = Array.from(readme.matchAll(/^```sh\n([^]*?)^```$/gm), (match) => ({
  place: 'README.md',
  page: 'README.md',
  language: 'sh',
  text: match[1] ?? '',
}))
const lines = [...blocks(), ...inReadme]
  .filter(({ language }) => language === 'sh' || language === 'yml')
  // In a CI file a command is an item of a list.
  .flatMap(({ place, text }) =>
    text.split('\n').map((line) => ({
      place,
      line: line
        .replace(/(^|\s)#.*$/, '')
        .trim()
        .replace(/^- (?:run: )?/, ''),
    })),
  )
  .flatMap(({ place, line }) => line.split(/\s*(?:&&|\|\||;|\|)\s*/).map((part) => ({ place, line: part })))
  .filter(({ line }) => /^(?:npx )?yama\b/.test(line))

/** Words as a shell splits them, without redirections. */
function words(line: string): readonly string[] {
  const found = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []
  const end = found.findIndex((word) => /^\d?>/.test(word))
  return (end < 0 ? found : found.slice(0, end)).map((word) => word.replaceAll(/["']/g, '')).slice(found[0] === 'npx' ? 2 : 1)
}

test('there are commands in the pages', () => {
  expect(lines.length).toBeGreaterThan(50)
})

test.each(lines.map(({ place, line }) => [`${place}: ${line}`, line] as const))('%s', async (_, line) => {
  await expect(parseArguments(words(line))).resolves.toBeDefined()
})
