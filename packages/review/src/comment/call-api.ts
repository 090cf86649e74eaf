import { YamaError } from '@yama/core'
import { reviewErrors } from '../errors/errors.ts'
import type { CommentTarget } from './comment-target.ts'

export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT'
  /** Below the target's address. */
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
}

export interface ApiAnswer {
  readonly json: unknown
  /** There is another page. */
  readonly more: boolean
}

export interface ApiOptions {
  /** How long to wait for each answer, in ms; default 20 000. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/**
 * One request to the target's interface, never elsewhere: redirects are not followed, for the token would go along.
 * Rejects with YAMA_COMMENT_REFUSED, YAMA_COMMENT_NOT_FOUND, YAMA_COMMENT_FAILED.
 */
export async function callApi(target: CommentTarget, { method, path, body }: ApiCall, options: ApiOptions = {}): Promise<ApiAnswer> {
  const { timeoutMs = 20_000, signal } = options
  const timeout = AbortSignal.timeout(timeoutMs)
  const host = new URL(target.api).host
  try {
    const response = await fetch(`${target.api}${path}`, {
      method,
      redirect: 'manual',
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      headers: {
        Authorization: `Bearer ${target.token}`,
        'User-Agent': 'yama',
        Accept: target.system === 'github' ? 'application/vnd.github+json' : 'application/json',
        ...(target.system === 'github' ? { 'X-GitHub-Api-Version': '2022-11-28' } : {}),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw refusal(target, host, response.status, text)
    return { json: parsed(text, host), more: /rel="?next"?/.test(response.headers.get('link') ?? '') }
  } catch (error) {
    if (YamaError.is(error)) throw error
    signal?.throwIfAborted()
    const reason = timeout.aborted ? `it did not answer within ${timeoutMs / 1000} s` : unreachable(error)
    throw reviewErrors.YAMA_COMMENT_FAILED({ host, reason }, { cause: error })
  }
}

function refusal(target: CommentTarget, host: string, status: number, text: string): YamaError {
  const reason = reasonOf(text, target.token)
  if (status === 401 || status === 403) return reviewErrors.YAMA_COMMENT_REFUSED({ host, status, reason })
  const what =
    target.system === 'github'
      ? `pull request of ${target.repository} with the number`
      : `merge request of project ${target.repository} with the number`
  if (status === 404) return reviewErrors.YAMA_COMMENT_NOT_FOUND({ host, what, number: target.number })
  return reviewErrors.YAMA_COMMENT_FAILED({ host, reason: `it answered ${status}: ${reason}` })
}

/** What the interface says, in short; should it quote the token, not that. */
function reasonOf(text: string, token: string): string {
  let said = text
  try {
    const { message, error } = JSON.parse(text) as { readonly message?: unknown; readonly error?: unknown }
    const told = message ?? error
    if (told !== undefined) said = typeof told === 'string' ? told : JSON.stringify(told)
  } catch {
    // A page of a proxy, most likely: its beginning tells as well.
  }
  const short = said
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 200)
  return short === '' ? 'it does not say why' : short.replaceAll(token, '***').replace(/\.$/, '')
}

function parsed(text: string, host: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw reviewErrors.YAMA_COMMENT_FAILED({ host, reason: 'its answer is no JSON' }, { cause: error })
  }
}

function unreachable(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return code === '' ? 'it cannot be reached' : `it cannot be reached (${code})`
}
