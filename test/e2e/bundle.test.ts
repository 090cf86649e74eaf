import { generateKeyPairSync } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { project } from './project.ts'

test('a bundle runs where neither the files nor TypeScript are; one that was changed does not', async () => {
  const keys = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  using made = project({
    'migrations/001_a.sql': '-- id: m_a\n-- parents: none\n-- +migrate Up\nCREATE TABLE a (id INTEGER PRIMARY KEY, word TEXT);\n',
    'migrations/002_code.ts':
      "import { defineMigration } from '@yama/cli'\n\nexport default defineMigration({\n  id: 'm_code',\n  parents: ['m_a'],\n  up: async ({ connection }): Promise<void> => void (await connection.execute(\"INSERT INTO a VALUES (1, 'code')\")),\n})\n",
    'migrations/hooks/after-run.sql': "INSERT INTO a VALUES (2, 'hook');\n",
    'release.pem': keys.privateKey,
    'release.pub.pem': keys.publicKey,
  })
  const env = { DATABASE_URL: 'sqlite:./t.db' }
  const digest = ((await made.json('plan', { env })).data as { readonly digest: string }).digest
  expect(await made.json('bundle --out app.yamabundle --sign release.pem', { env })).toMatchObject({
    data: { migrations: 2, modules: 1, hooks: 1, signed: true, dialect: 'sqlite' },
  })
  rmSync(join(made.directory, 'migrations'), { recursive: true })
  expect(await made.json('plan --bundle app.yamabundle', { env })).toMatchObject({ data: { digest } })
  const text = made.read('app.yamabundle')
  made.write('changed.yamabundle', text.replace("'hook'", "'evil'"))
  expect(await made.json('up --bundle changed.yamabundle', { env })).toMatchObject({ exitCode: 65, reason: 'YAMA_BUNDLE_TAMPERED' })
  expect(await made.json('up --verify release.pub.pem', { env })).toMatchObject({ exitCode: 64, reason: 'YAMA_CLI_USAGE' })
  const applied = await made.json('up --bundle app.yamabundle --verify release.pub.pem', { env })
  expect(applied).toMatchObject({ ok: true, data: { applied: ['m_a', 'm_code'] } })
})
