import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { serverDatabase, serverUrl } from './databases.ts'
import { project } from './project.ts'

const examples = resolve(import.meta.dirname, '..', '..', 'examples')
const server = await serverUrl()

/** The lines of the README's shell blocks, as a reader would type them. */
function lines(directory: string): readonly string[] {
  const text = readFileSync(join(directory, 'README.md'), 'utf8')
  return [...text.matchAll(/^```sh\n([^]*?)^```/gm)].flatMap((match) => (match[1] ?? '').split('\n').filter((line) => line.trim() !== ''))
}

for (const name of readdirSync(examples).filter((entry) => existsSync(join(examples, entry, 'README.md')))) {
  const needsServer = readFileSync(join(examples, name, 'yama.config.ts'), 'utf8').includes("'env:DATABASE_URL'")
  test.skipIf(needsServer && server === undefined)(
    `the README of ${name} runs${needsServer && server === undefined ? ': no server' : ''}`,
    async () => {
      using made = project({}, { copyOf: join(examples, name) })
      await using database = needsServer && server !== undefined ? await serverDatabase(server) : undefined
      const told = lines(made.directory)
      expect(told.length).toBeGreaterThan(0)
      for (const line of told) {
        const env = database === undefined ? {} : { DATABASE_URL: database.url }
        const [word, ...words] = line.replace(/\s+#.*$/, '').split(' ')
        const ran = word === 'yama' ? await made.yama(words, { env }) : await made.run(word ?? '', words, { env })
        expect(`${line}\nexit ${ran.code}${ran.code === 0 ? '' : `\n${ran.output}`}`).toBe(`${line}\nexit 0`)
      }
    },
  )
}
