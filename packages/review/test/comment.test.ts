import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { commentMarker, commentTarget, upsertComment, type CommentTarget } from '@yama/review'
import { expect, test } from 'vitest'

interface Recorded {
  readonly method: string
  readonly url: string
  readonly authorization: string | undefined
  readonly body: unknown
}
interface Stored {
  readonly id: number
  body: string
}
type Answer = (request: Recorded, response: ServerResponse) => void

/** Keeps comments as GitHub or GitLab would, in pages, and what was asked. */
async function standIn(
  comments: Stored[],
  special?: Answer,
): Promise<{ readonly api: string; readonly requests: Recorded[] } & AsyncDisposable> {
  const requests: Recorded[] = []
  const server = createServer((incoming, response) => {
    void read(incoming).then((text) => {
      const request = {
        method: incoming.method ?? '',
        url: incoming.url ?? '',
        authorization: incoming.headers.authorization,
        body: text === '' ? undefined : (JSON.parse(text) as unknown),
      }
      requests.push(request)
      if (special === undefined) answer(request, response, comments)
      else special(request, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`
  return {
    api,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function read(incoming: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of incoming) text += String(chunk)
  return text
}

function answer({ method, url, body }: Recorded, response: ServerResponse, comments: Stored[]): void {
  const send = (status: number, json: unknown, headers: Readonly<Record<string, string>> = {}): void =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(json))
  if (method === 'GET') {
    const query = new URL(url, 'http://x').searchParams
    const [size, page] = [Number(query.get('per_page')), Number(query.get('page'))]
    const more = comments.length > size * page
    send(200, comments.slice(size * (page - 1), size * page), more ? { link: `<http://elsewhere.example/next>; rel="next"` } : {})
  } else if (method === 'POST') {
    const made = { id: 1000 + comments.length, body: (body as { body: string }).body, html_url: 'https://example.org/comment' }
    comments.push(made)
    send(201, made)
  } else {
    const own = comments.find(({ id }) => id === Number(/\d+$/.exec(url)?.[0]))
    if (own === undefined) return send(404, { message: 'Not Found' })
    own.body = (body as { body: string }).body
    send(200, own)
  }
}

const TOKEN = 'secret-token-1'
const marker = commentMarker('default')
const targets = (api: string): readonly CommentTarget[] => [
  { system: 'github', api, repository: 'acme/shop', number: 7, token: TOKEN },
  { system: 'gitlab', api, repository: 'acme/shop', number: 7, token: TOKEN },
]
const paths = {
  github: { list: '/api/repos/acme/shop/issues/7/comments', one: '/api/repos/acme/shop/issues/comments/', update: 'PATCH' },
  gitlab: {
    list: '/api/projects/acme%2Fshop/merge_requests/7/notes',
    one: '/api/projects/acme%2Fshop/merge_requests/7/notes/',
    update: 'PUT',
  },
} as const
const others = (count: number): Stored[] => Array.from({ length: count }, (_, id) => ({ id: id + 1, body: `comment ${id}` }))

test.each(['github', 'gitlab'] as const)('%s: written once, then over itself, also from a later page', async (system) => {
  const comments = others(250)
  await using server = await standIn(comments)
  const target = targets(server.api).find((each) => each.system === system)!
  expect(await upsertComment(target, marker, 'first')).toEqual({ done: 'created', url: 'https://example.org/comment' })
  const { list, one, update } = paths[system]
  expect(server.requests.map(({ method, url }) => `${method} ${url.split('?')[0]}`)).toEqual([
    ...[1, 2, 3].map(() => `GET ${list}`),
    `POST ${list}`,
  ])
  expect(server.requests.map(({ authorization }) => authorization)).toEqual([1, 2, 3, 4].map(() => `Bearer ${TOKEN}`))
  expect(server.requests.at(-1)?.body).toEqual({ body: `${marker}\nfirst` })
  server.requests.length = 0
  expect(await upsertComment(target, marker, 'second')).toMatchObject({ done: 'updated' })
  expect(server.requests.at(-1)).toMatchObject({ method: update, url: `${one}1250`, body: { body: `${marker}\nsecond` } })
  server.requests.length = 0
  expect(await upsertComment(target, marker, 'second')).toEqual({ done: 'unchanged' })
  expect(server.requests.every(({ method }) => method === 'GET')).toBe(true)
  expect(comments.filter(({ body }) => body.startsWith(marker))).toHaveLength(1)
  // Another project of the same repository has a comment of its own.
  expect(await upsertComment(target, commentMarker('other'), 'third')).toMatchObject({ done: 'created' })
})

test("somebody who quotes the marker is left alone, and a comment that may not be changed is somebody else's", async () => {
  const comments: Stored[] = [
    { id: 1, body: `> ${marker}\n> quoted` },
    { id: 2, body: `${marker}\nforged` },
  ]
  await using server = await standIn(comments, (request, response) => {
    if (request.method === 'PATCH') response.writeHead(403).end('{"message":"Must have admin rights"}')
    else answer(request, response, comments)
  })
  expect(await upsertComment(targets(server.api)[0]!, marker, 'mine')).toMatchObject({ done: 'created' })
  expect(server.requests.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'POST'])
})

test.each([
  [401, 'YAMA_COMMENT_REFUSED'],
  [403, 'YAMA_COMMENT_REFUSED'],
  [404, 'YAMA_COMMENT_NOT_FOUND'],
  [422, 'YAMA_COMMENT_FAILED'],
  [429, 'YAMA_COMMENT_FAILED'],
  [500, 'YAMA_COMMENT_FAILED'],
  [502, 'YAMA_COMMENT_FAILED'],
])('an answer %i is %s, and the token is not in it', async (status, code) => {
  await using server = await standIn(
    [],
    (_, response) => void response.writeHead(status).end(JSON.stringify({ message: `no, ${TOKEN} may not` })),
  )
  for (const target of targets(server.api)) {
    const error: unknown = await upsertComment(target, marker, 'x').catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code })
    expect(JSON.stringify(error) + String(error)).not.toContain(TOKEN)
  }
})

test('nothing follows a redirect, waits for ever, or takes a page of HTML for an answer', async () => {
  let elsewhere = 0
  await using other = await standIn([], (_, response) => {
    elsewhere += 1
    response.end('[]')
  })
  await using redirecting = await standIn([], (_, response) => void response.writeHead(302, { location: other.api }).end())
  await expect(upsertComment(targets(redirecting.api)[0]!, marker, 'x')).rejects.toMatchObject({ code: 'YAMA_COMMENT_FAILED' })
  expect(elsewhere).toBe(0)
  await using silent = await standIn([], () => undefined)
  await expect(upsertComment(targets(silent.api)[0]!, marker, 'x', { timeoutMs: 100 })).rejects.toMatchObject({
    code: 'YAMA_COMMENT_FAILED',
    message: expect.stringContaining('did not answer within 0.1 s'),
  })
  await using proxy = await standIn([], (_, response) => void response.end('<html>sign in</html>'))
  await expect(upsertComment(targets(proxy.api)[0]!, marker, 'x')).rejects.toMatchObject({ code: 'YAMA_COMMENT_FAILED' })
  await using broken = await standIn([], (_, response) => void response.socket?.destroy())
  await expect(upsertComment(targets(broken.api)[0]!, marker, 'x')).rejects.toMatchObject({ code: 'YAMA_COMMENT_FAILED' })
})

test('an interrupted run is interrupted, and no failure of the server', async () => {
  const stop = new AbortController()
  await using silent = await standIn([], () => stop.abort())
  await expect(upsertComment(targets(silent.api)[0]!, marker, 'x', { signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' })
})

const onGithub = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'acme/shop', GITHUB_TOKEN: TOKEN, GITHUB_RUN_ID: '5' }
const onGitlab = { GITLAB_CI: 'true', CI_API_V4_URL: 'https://git.example/api/v4/', CI_PROJECT_ID: '12', GITLAB_TOKEN: TOKEN }

test('the target is what the CI system says', () => {
  expect(commentTarget({ ...onGithub, GITHUB_REF: 'refs/pull/7/merge' })).toEqual({
    system: 'github',
    api: 'https://api.github.com',
    repository: 'acme/shop',
    number: 7,
    token: TOKEN,
    job: 'https://github.com/acme/shop/actions/runs/5',
  })
  expect(commentTarget({ ...onGithub, GITHUB_REF: 'refs/heads/main' }, undefined, '{"pull_request":{"number":8}}')).toMatchObject({
    number: 8,
  })
  expect(commentTarget({ ...onGithub, GITHUB_API_URL: 'https://ghe.example/api/v3', YAMA_PULL_REQUEST: '9' })).toMatchObject({
    api: 'https://ghe.example/api/v3',
    number: 9,
  })
  expect(commentTarget({ ...onGitlab, CI_MERGE_REQUEST_IID: '3', CI_JOB_URL: 'https://git.example/job' })).toEqual({
    system: 'gitlab',
    api: 'https://git.example/api/v4',
    repository: '12',
    number: 3,
    token: TOKEN,
    job: 'https://git.example/job',
  })
})

test.each([
  ['no CI system', {}, 'YAMA_COMMENT_TARGET'],
  ['no pull request', { ...onGithub, GITHUB_REF: 'refs/heads/main' }, 'YAMA_COMMENT_TARGET'],
  ['a number that is none', { ...onGithub, YAMA_PULL_REQUEST: '7/../8' }, 'YAMA_COMMENT_TARGET'],
  ['a repository that is none', { ...onGithub, GITHUB_REPOSITORY: 'acme/shop/../../user', YAMA_PULL_REQUEST: '7' }, 'YAMA_COMMENT_TARGET'],
  ['no merge request', onGitlab, 'YAMA_COMMENT_TARGET'],
  [
    'an address with a password',
    { ...onGitlab, CI_API_V4_URL: 'https://a:b@git.example', CI_MERGE_REQUEST_IID: '3' },
    'YAMA_COMMENT_TARGET',
  ],
  ['no token', { ...onGithub, GITHUB_TOKEN: '', GITHUB_REF: 'refs/pull/7/merge' }, 'YAMA_COMMENT_TOKEN'],
])('%s is %s', (_, variables, code) => {
  expect(() => commentTarget(variables)).toThrow(expect.objectContaining({ code }))
})
