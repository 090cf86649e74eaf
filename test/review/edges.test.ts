import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commentText, markdown, html, type ReviewDocument } from '@yama/review'
import { afterEach, expect, test, vi } from 'vitest'
import { workplace, type Envelope } from '../history/command.ts'
import { migration, repository } from './review-project.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

const base = {
  'yama.config.ts': "export default { dialect: 'sqlite' }\n",
  'migrations/20260101000000_base.sql': migration(
    'm_base',
    'none',
    'CREATE TABLE users (id int PRIMARY KEY, age int);',
    'DROP TABLE users;',
  ),
}
const FORMATS = ['markdown', 'html', 'json', 'sarif', 'junit', 'gitlab', 'github'] as const
/** All of them from one run. */
const everyFormat = FORMATS.flatMap((format) => ['--output', `${format}=out/${format}`])
const documentOf = ({ data }: Envelope): ReviewDocument => data['document'] as ReviewDocument

test('nothing new is a document that says so, in every format', async () => {
  using repo = repository(base)
  const ran = await repo.made.json('review', '--base', 'main')
  expect(documentOf(ran)).toMatchObject({ risk: { level: 'none', because: [] }, migrations: [], findings: [], approvals: [] })
  const written = await repo.made.yama('review', '--base', 'main', ...everyFormat)
  expect(written).toMatchObject({ code: 0, stderr: '' })
  expect(written.stdout).toContain('No migration is new or changed')
  expect(repo.made.list('out')).toHaveLength(FORMATS.length)
})

test('a project without a migration and without a base', async () => {
  using repo = repository({ 'yama.config.ts': base['yama.config.ts'] })
  repo.made.write('migrations/001_a.sql', 'CREATE TABLE a (id int);\n')
  const document = documentOf(await repo.made.json('review', '--base', 'main'))
  expect(document.migrations).toMatchObject([{ id: '001_a', change: 'added' }])
  expect(document.schema?.tables).toMatchObject([{ name: 'a', status: 'added' }])
  expect(await repo.made.json('review')).toMatchObject({ ok: false, exitCode: 64, reason: 'YAMA_CLI_USAGE' })
})

test('a migration that cannot be read is what the document tells, with its place, and exit 65', async () => {
  using repo = repository(base)
  repo.made.write('migrations/20260102000000_bad.sql', migration('m_bad', 'm_base', "CREATE TABLE a (id int DEFAULT 'open);"))
  const ran = await repo.made.json('review', '--base', 'main')
  expect(ran).toMatchObject({ exitCode: 65 })
  expect(documentOf(ran).findings[0]).toMatchObject({
    code: 'YAMA_SQL_UNTERMINATED',
    position: { file: 'migrations/20260102000000_bad.sql', line: 5 },
  })
  const sarif = await repo.made.yama('review', '--base', 'main', '--format', 'sarif')
  expect(JSON.parse(sarif.stdout)).toMatchObject({ runs: [{ results: [{ ruleId: 'YAMA_SQL_UNTERMINATED' }] }] })
})

test('a migration that does not run is an error at its statement, and the rest is told all the same', async () => {
  using repo = repository(base)
  repo.made.write('migrations/20260102000000_bad.sql', migration('m_bad', 'm_base', 'ALTER TABLE nobody ADD COLUMN a int;', 'SELECT 1;'))
  const ran = await repo.made.json('review', '--base', 'main', '--fail-on', 'error')
  expect(ran).toMatchObject({ exitCode: 3, reason: 'findings' })
  const document = documentOf(ran)
  expect(document.findings[0]).toMatchObject({ code: 'YAMA_REPLAY_FAILED', severity: 'error' })
  expect(document.findings.map(({ code }) => code)).toContain('YAMA_REVIEW_NOT_BUILT')
  expect(document).not.toHaveProperty('schema')
  expect(document.migrations[0]?.up[0]).toMatchObject({ sql: 'ALTER TABLE nobody ADD COLUMN a int' })
  expect(await repo.made.json('review', '--base', 'main')).toMatchObject({ exitCode: 0 })
})

test('a base that is not there, and a clone that is cut off, are said', async () => {
  using repo = repository(base)
  expect(await repo.made.json('review', '--base', 'origin/main')).toMatchObject({ exitCode: 78, reason: 'YAMA_CHECK_GIT' })
  repo.made.write('migrations/20260102000000_more.sql', migration('m_more', 'm_base', 'CREATE TABLE b (id int);', 'DROP TABLE b;'))
  repo.git('add', '-A')
  repo.git('commit', '-qm', 'more')
  repo.git('branch', 'old', 'HEAD~1')
  using shallow = workplace({})
  execFileSync('git', ['clone', '-q', '--depth', '1', '--no-single-branch', `file://${repo.made.directory}`, '.'], {
    cwd: shallow.directory,
  })
  expect(await shallow.json('review', '--base', 'origin/old')).toMatchObject({ exitCode: 78, reason: 'YAMA_CHECK_SHALLOW' })
})

test('edited and deleted migrations, a pair without its Down, an empty Down and a seed are told as what they are', async () => {
  using repo = repository({
    'yama.config.ts': base['yama.config.ts'],
    'migrations/001_a.sql': 'CREATE TABLE a (id int);\n',
    'migrations/002_b.sql': 'CREATE TABLE b (id int);\n',
  })
  const { made } = repo
  made.write('migrations/001_a.sql', 'CREATE TABLE a (id bigint);\n')
  made.remove('migrations/002_b.sql')
  made.write('migrations/003_c.up.sql', 'CREATE TABLE c (id int);\n')
  made.write('migrations/004_d.up.sql', 'CREATE TABLE d (id int);\n')
  made.write('migrations/004_d.down.sql', '-- two\n-- lines\nDROP TABLE d;\n')
  const document = documentOf(await made.json('review', '--base', 'main'))
  expect(document.migrations.map(({ name, change }) => `${name} ${change}`)).toEqual(['001_a edited', '003_c added', '004_d added'])
  expect(document.removed).toMatchObject([{ id: '002_b' }])
  expect(document.risk.level).toBe('high')
  const codes = document.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code)
  expect(codes).toEqual(['YAMA_CHECK_EDITED', 'YAMA_CHECK_DELETED'])
  expect(document.migrations[2]?.down).toMatchObject([{ sql: expect.stringContaining('DROP TABLE d'), reason: 'two lines' }])
  expect(document.findings.filter(({ code }) => code === 'YAMA_CHECK_NO_DOWN').map(({ position }) => position?.file)).toEqual([
    'migrations/001_a.sql',
    'migrations/003_c.up.sql',
  ])
})

test('steps in TypeScript have no SQL and cannot be judged; YAML operations are shown as the SQL they become', async () => {
  using repo = repository(base)
  const { made } = repo
  made.write(
    'migrations/20260102000000_yaml.yaml',
    'id: m_yaml\nparents: [m_base]\nup:\n  - addColumn: { table: users, column: phone, type: string(20) }\n',
  )
  made.write(
    'migrations/20260103000000_code.ts',
    "export default {\n  id: 'm_code',\n  parents: ['m_yaml'],\n  up: async ({ connection }) => {\n    await connection.execute('CREATE TABLE made (id int)')\n  },\n}\n",
  )
  const document = documentOf(await made.json('review', '--base', 'main'))
  expect(document.migrations.map(({ kind }) => kind)).toEqual(['yaml', 'code'])
  expect(document.migrations[0]?.up[0]?.sql).toMatch(/ALTER TABLE "?users"? ADD COLUMN "?phone"?/)
  expect(document.migrations[0]?.down?.[0]?.sql).toMatch(/phone/)
  expect(document.migrations[1]?.up).toMatchObject([{ kind: 'code', unread: expect.any(String) }])
  expect(document.findings.map(({ code }) => code)).toContain('YAMA_REVIEW_UNREAD')
  expect(document.schema?.tables).toContainEqual(expect.objectContaining({ name: 'made', status: 'added' }))
  expect(made.list('.yama/cache/trees')).toEqual([])
})

const NASTY = 'a|b`c``<img src=x onerror=alert(1)> @ada #1 [x](y) "q" \u202E'

test('whatever is in names, comments and SQL stays text', async () => {
  using repo = repository({ ...base, 'yama.config.ts': `export default { dialect: 'sqlite', project: '<script>' }\n` })
  repo.made.write(
    'migrations/20260102000000_nasty.sql',
    migration(
      'm_nasty',
      'm_base',
      `-- ${NASTY} </details> -->\nCREATE TABLE "${NASTY.replaceAll('"', '""')}" (id int);\n-- \`\`\`\nALTER TABLE users DROP COLUMN age;\nINSERT INTO users VALUES ('\`\`\`\n# title\n/close');`,
      'SELECT 1;',
      `-- description: ${NASTY}\n-- ticket: <b>\n`,
    ),
  )
  const document = documentOf(await repo.made.json('review', '--base', 'main'))
  const text = markdown(document)
  const outsideCode = text.replaceAll(/^(`{3,})[^\n]*\n[^]*?^\1$/gm, '').replaceAll(/(?<!\\)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '')
  expect(outsideCode).not.toMatch(/<(?!br>|\/?details>|\/?summary>|!-- -->)/)
  expect(outsideCode).not.toMatch(/@ada|#1|(?<!\\)\]\(y/)
  expect(outsideCode).not.toMatch(/^# title|^\/close/m)
  expect(text).not.toContain('\u202E')
  const page = html(document)
  expect(page).not.toMatch(/<(?:img|script)/)
  expect(page).not.toMatch(/<[^>]*\s(?:src|href)=/)
  // What is written as text comes back as text.
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
})

test('passwords in statements and addresses are in no format', async () => {
  using repo = repository({ ...base, 'yama.config.ts': "export default { dialect: 'postgres' }\n" })
  repo.made.write(
    'migrations/20260102000000_secret.sql',
    migration(
      'm_secret',
      'm_base',
      "-- see postgres://ada:hunter2@db/x\nCREATE ROLE app PASSWORD 'hunter2';\nCREATE USER MAPPING FOR app SERVER films OPTIONS (password 'hunter2');",
      "ALTER ROLE app PASSWORD 'hunter2';",
      '-- description: postgres://ada:hunter2@db/x\n',
    ),
  )
  const { stdout, stderr } = await repo.made.yama('review', '--base', 'main', '--files-only', ...everyFormat)
  const texts = [stdout, stderr, ...repo.made.list('out').map((name) => repo.made.read(`out/${name}`))]
  expect(texts).toHaveLength(2 + FORMATS.length)
  for (const text of texts) expect(text).not.toContain('hunter2')
  expect(stdout).toContain("PASSWORD '***'")
})

test('two hundred tables in two hundred migrations fit into a comment, which says that it is shortened and where the whole is', async () => {
  using repo = repository(base)
  const body = Array.from({ length: 40 }, (_, at) => `  column_${at} varchar(200) NOT NULL DEFAULT 'a default that takes some space'`).join(
    ',\n',
  )
  for (let at = 0; at < 200; at++) {
    const parent = at === 0 ? 'm_base' : `m_${at - 1}`
    repo.made.write(
      `migrations/202602010000${String(at).padStart(3, '0')}_t.sql`,
      migration(`m_${at}`, parent, `CREATE TABLE table_${at} (\n${body}\n);`, `DROP TABLE table_${at};`),
    )
  }
  const document = documentOf(await repo.made.json('review', '--base', 'main'))
  expect(document.migrations).toHaveLength(200)
  expect(markdown(document).length).toBeGreaterThan(65_536)
  const text = commentText(document, 'github', { file: 'review.md', job: 'https://ci.example/job/1' })
  expect(text.length).toBeLessThan(65_536)
  expect(text.length).toBeGreaterThan(5000)
  expect(text).toContain('**This is shortened:**')
  expect(text).toContain('`review.md`')
  expect(text).toContain('(https://ci.example/job/1)')
  expect(text).toContain('Risk')
  // No block and no fold is left open.
  expect(text.match(/^`{3,}/gm)?.length ?? 0).toSatisfy((count: number) => count % 2 === 0)
  expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length)
  const worst = {
    ...document,
    findings: document.migrations.map(({ file }) => ({
      code: 'X',
      severity: 'error' as const,
      message: 'y'.repeat(9000),
      position: { file, line: 1, column: 1 },
    })),
  }
  expect(commentText(worst, 'github').length).toBeLessThan(65_536)
  expect(commentText(document, 'gitlab').length).toBeLessThan(1_000_000)
}, 120_000)

test('the command writes files and the comment, and tells what goes wrong without the token', async () => {
  const requests: string[] = []
  let status = 200
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      requests.push(`${request.method} ${request.url} ${body.slice(0, 60)}`)
      response
        .writeHead(status === 200 && request.method === 'POST' ? 201 : status)
        .end(request.method === 'GET' ? '[]' : '{"id":1,"html_url":"https://x/1"}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const files = mkdtempSync(join(tmpdir(), 'yama-review-'))
  try {
    for (const name of ['GITLAB_CI', 'GITHUB_EVENT_PATH', 'YAMA_COMMENT_TOKEN', 'YAMA_PULL_REQUEST', 'GITHUB_RUN_ID']) vi.stubEnv(name, '')
    vi.stubEnv('GITHUB_ACTIONS', 'true')
    vi.stubEnv('GITHUB_API_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    vi.stubEnv('GITHUB_REPOSITORY', 'acme/shop')
    vi.stubEnv('GITHUB_REF', 'refs/pull/7/merge')
    vi.stubEnv('GITHUB_TOKEN', 'ghs_secret')
    using repo = repository(base)
    repo.made.write('migrations/20260102000000_b.sql', migration('m_b', 'm_base', 'CREATE TABLE b (id int);', 'DROP TABLE b;'))
    const words = ['review', '--base', 'main', '--comment', '--output', 'out/review.md', '--output', 'sarif=out/review.sarif']
    expect(await repo.made.json(...words)).toMatchObject({
      ok: true,
      data: { written: ['out/review.md', 'out/review.sarif'], comment: { done: 'created', url: 'https://x/1' } },
    })
    expect(requests.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'GET /repos/acme/shop/issues/7/comments?per_page=100&page=1',
      'POST /repos/acme/shop/issues/7/comments',
    ])
    expect(repo.made.read('out/review.md')).toContain('## Review of the migrations')
    expect(JSON.parse(repo.made.read('out/review.sarif'))).toMatchObject({ version: '2.1.0' })
    status = 403
    repo.made.remove('out')
    const refused = await repo.made.yama(...words)
    expect(refused).toMatchObject({ code: 77, stderr: expect.stringContaining('YAMA_COMMENT_REFUSED') })
    expect(refused.stdout + refused.stderr).not.toContain('ghs_secret')
    expect(repo.made.list('out')).toEqual(['review.md', 'review.sarif'])
    vi.stubEnv('GITHUB_TOKEN', '')
    expect(await repo.made.json(...words)).toMatchObject({ exitCode: 78, reason: 'YAMA_COMMENT_TOKEN' })
    vi.stubEnv('GITHUB_REF', 'refs/heads/main')
    expect(await repo.made.json(...words)).toMatchObject({ exitCode: 78, reason: 'YAMA_COMMENT_TARGET' })
  } finally {
    server.close()
    rmSync(files, { recursive: true })
  }
})

test('yama check gives its findings in the same formats, with paths of the repository', async () => {
  using repo = repository({
    'apps/shop/yama.config.ts': base['yama.config.ts'],
    'apps/shop/migrations/001_a.sql': 'CREATE TABLE a (id int);\n',
  })
  repo.made.write('apps/shop/migrations/002_b.sql', 'CREATE TABLE b (id int);\n')
  const inside = (...words: readonly string[]): ReturnType<typeof repo.made.yama> =>
    repo.made.yama('check', '--files-only', '--base', 'main', ...words, '--config', 'apps/shop/yama.config.ts')
  const annotated = await inside('--format', 'github')
  expect(annotated.stdout).toMatch(/^::warning file=apps\/shop\/migrations\/002_b\.sql,line=1,col=1,title=YAMA_CHECK_NO_DOWN::/)
  const sarif = JSON.parse((await inside('--format', 'sarif')).stdout) as { runs: { results: unknown[] }[] }
  expect(sarif.runs[0]?.results).toHaveLength(1)
  const quality = JSON.parse((await inside('--format', 'gitlab')).stdout) as { location: { path: string } }[]
  expect(quality).toMatchObject([{ check_name: 'YAMA_CHECK_NO_DOWN', location: { path: 'apps/shop/migrations/002_b.sql' } }])
  const both = await inside('--output', 'junit=check.xml', '--output', 'sarif=check.sarif')
  expect(both.stdout).toContain('Checked: no errors, 1 warning(s).')
  expect(repo.made.read('check.xml')).toContain('<testcase name="001_a"')
  expect(await inside('--output', 'a', '--output', 'b')).toMatchObject({ code: 64 })
})
