import { YamaError } from '@yama/core'
import { reviewErrors } from '../errors/errors.ts'
import { uriPart } from '../formats/uri-part.ts'
import { callApi, type ApiCall, type ApiOptions } from './call-api.ts'
import type { CommentSystem, CommentTarget } from './comment-target.ts'

export interface PostedComment {
  readonly done: 'created' | 'updated' | 'unchanged'
  /** For people, where the interface tells. */
  readonly url?: string
}

interface Comment {
  readonly id: number
  readonly body: string
}

interface Calls {
  list(target: CommentTarget, page: number): ApiCall
  create(target: CommentTarget, body: string): ApiCall
  update(target: CommentTarget, id: number, body: string): ApiCall
}

const PAGE = 100
/** A pull request with more comments than this is nobody's to search. */
const MOST_PAGES = 100
const notes = ({ repository, number }: CommentTarget): string =>
  `/projects/${encodeURIComponent(repository)}/merge_requests/${number}/notes`

const systems = {
  github: {
    list: ({ repository, number }, page) => ({
      method: 'GET',
      path: `/repos/${repository}/issues/${number}/comments?per_page=${PAGE}&page=${page}`,
    }),
    create: ({ repository, number }, body) => ({ method: 'POST', path: `/repos/${repository}/issues/${number}/comments`, body: { body } }),
    update: ({ repository }, id, body) => ({ method: 'PATCH', path: `/repos/${repository}/issues/comments/${id}`, body: { body } }),
  },
  gitlab: {
    list: (target, page) => ({ method: 'GET', path: `${notes(target)}?per_page=${PAGE}&page=${page}&sort=asc&order_by=created_at` }),
    create: (target, body) => ({ method: 'POST', path: notes(target), body: { body } }),
    update: (target, id, body) => ({ method: 'PUT', path: `${notes(target)}/${id}`, body: { body } }),
  },
} satisfies Record<CommentSystem, Calls>

/** Stands at the beginning of the comment, where nobody sees it: the next run finds its own by it. One for each project of a repository. */
export const commentMarker = (project: string): string => `<!-- yama review ${uriPart(project).replaceAll('-', '%2D')} -->`

/**
 * Writes the comment, or over the one that an earlier run wrote. Only what begins with the marker is its own; a comment that the token may
 * not change is somebody else's, and passed over. Rejects with YAMA_COMMENT_REFUSED, YAMA_COMMENT_NOT_FOUND, YAMA_COMMENT_FAILED.
 */
export async function upsertComment(target: CommentTarget, marker: string, text: string, options: ApiOptions = {}): Promise<PostedComment> {
  const calls: Calls = systems[target.system]
  const body = `${marker}\n${text}`
  for (const own of await ownComments(target, calls, marker, options)) {
    if (own.body.replaceAll('\r\n', '\n').trimEnd() === body.trimEnd()) return { done: 'unchanged' }
    try {
      return { done: 'updated', ...urlOf((await callApi(target, calls.update(target, own.id, body), options)).json) }
    } catch (error) {
      if (!YamaError.is(error) || (error.code !== 'YAMA_COMMENT_REFUSED' && error.code !== 'YAMA_COMMENT_NOT_FOUND')) throw error
    }
  }
  return { done: 'created', ...urlOf((await callApi(target, calls.create(target, body), options)).json) }
}

async function ownComments(target: CommentTarget, calls: Calls, marker: string, options: ApiOptions): Promise<readonly Comment[]> {
  const found: Comment[] = []
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { json, more } = await callApi(target, calls.list(target, page), options)
    if (!Array.isArray(json))
      throw reviewErrors.YAMA_COMMENT_FAILED({ host: new URL(target.api).host, reason: 'its answer is no list of comments' })
    for (const comment of json) if (isComment(comment) && comment.body.startsWith(marker)) found.push(comment)
    // Pages may be short where some comments are hidden, so their links count first.
    if (!more && json.length < PAGE) break
  }
  return found
}

const isComment = (value: unknown): value is Comment =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'number' &&
  'body' in value &&
  typeof value.body === 'string'

function urlOf(json: unknown): { readonly url?: string } {
  if (typeof json !== 'object' || json === null || !('html_url' in json) || typeof json.html_url !== 'string') return {}
  return { url: json.html_url }
}
