import { reviewErrors } from '../errors/errors.ts'

export type CommentSystem = 'github' | 'gitlab'
type Variables = Readonly<Record<string, string | undefined>>

/** Where a comment goes, as the variables of the CI system say. */
export interface CommentTarget {
  readonly system: CommentSystem
  /** Base of the interface, without a slash at its end. */
  readonly api: string
  /** `owner/name` on GitHub, the id of the project on GitLab. */
  readonly repository: string
  readonly number: number
  /** Never printed; sent to `api` alone. */
  readonly token: string
  /** The job, for people. */
  readonly job?: string
}

/**
 * Reads the target from the environment. `event` is the text of the file GITHUB_EVENT_PATH names, for what the reference does not say.
 * Throws YAMA_COMMENT_TARGET, YAMA_COMMENT_TOKEN.
 */
export function commentTarget(variables: Variables, system?: CommentSystem, event?: string): CommentTarget {
  const found = system ?? detected(variables)
  if (found === undefined) throw reviewErrors.YAMA_COMMENT_TARGET({ missing: 'neither GITHUB_ACTIONS nor GITLAB_CI is set' })
  return { github, gitlab }[found](variables, event)
}

const set = (variables: Variables, name: string): string | undefined => {
  const value = variables[name]
  return value === undefined || value === '' ? undefined : value
}

function detected(variables: Variables): CommentSystem | undefined {
  if (set(variables, 'GITLAB_CI') !== undefined) return 'gitlab'
  return set(variables, 'GITHUB_ACTIONS') === undefined ? undefined : 'github'
}

function github(variables: Variables, event: string | undefined): CommentTarget {
  const api = address(set(variables, 'GITHUB_API_URL') ?? 'https://api.github.com', 'GITHUB_API_URL')
  const repository = set(variables, 'GITHUB_REPOSITORY')
  if (repository === undefined || !/^[\w.-]+\/[\w.-]+$/.test(repository))
    throw reviewErrors.YAMA_COMMENT_TARGET({ missing: 'GITHUB_REPOSITORY is not set to owner/name' })
  const fromReference = /^refs\/pull\/(\d+)\//.exec(set(variables, 'GITHUB_REF') ?? '')?.[1]
  const number = positive(set(variables, 'YAMA_PULL_REQUEST') ?? fromReference ?? numberOf(event))
  if (number === undefined)
    throw reviewErrors.YAMA_COMMENT_TARGET({ missing: 'neither GITHUB_REF, GITHUB_EVENT_PATH nor YAMA_PULL_REQUEST names a pull request' })
  const run = set(variables, 'GITHUB_RUN_ID')
  const server = set(variables, 'GITHUB_SERVER_URL') ?? 'https://github.com'
  const job = run === undefined ? undefined : `${server}/${repository}/actions/runs/${run}`
  const token = tokenOf(variables, ['YAMA_COMMENT_TOKEN', 'GITHUB_TOKEN', 'GH_TOKEN'])
  return { system: 'github', api, repository, number, token, ...(job === undefined ? {} : { job }) }
}

function gitlab(variables: Variables): CommentTarget {
  const api = set(variables, 'CI_API_V4_URL')
  if (api === undefined) throw reviewErrors.YAMA_COMMENT_TARGET({ missing: 'CI_API_V4_URL is not set' })
  const repository = set(variables, 'CI_MERGE_REQUEST_PROJECT_ID') ?? set(variables, 'CI_PROJECT_ID')
  if (repository === undefined) throw reviewErrors.YAMA_COMMENT_TARGET({ missing: 'CI_PROJECT_ID is not set' })
  const number = positive(set(variables, 'YAMA_PULL_REQUEST') ?? set(variables, 'CI_MERGE_REQUEST_IID'))
  if (number === undefined)
    throw reviewErrors.YAMA_COMMENT_TARGET({ missing: 'CI_MERGE_REQUEST_IID is not set: this is no pipeline of a merge request' })
  const job = set(variables, 'CI_JOB_URL')
  const token = tokenOf(variables, ['YAMA_COMMENT_TOKEN', 'GITLAB_TOKEN'])
  return { system: 'gitlab', api: address(api, 'CI_API_V4_URL'), repository, number, token, ...(job === undefined ? {} : { job }) }
}

function tokenOf(variables: Variables, names: readonly string[]): string {
  const token = names.map((name) => set(variables, name)).find((value) => value !== undefined)
  if (token === undefined) throw reviewErrors.YAMA_COMMENT_TOKEN({ variables: names.join(', '), variable: names[1] ?? '' })
  return token
}

const positive = (text: string | undefined): number | undefined =>
  text !== undefined && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined

/** An http address without a user in it, for that would be printed. */
function address(text: string, variable: string): string {
  if (!/^https?:\/\/[^\s/@]+(?:\/[^\s@]*)?$/.test(text))
    throw reviewErrors.YAMA_COMMENT_TARGET({ missing: `${variable} is not an http address` })
  return text.replace(/\/+$/, '')
}

function numberOf(event: string | undefined): string | undefined {
  try {
    const { pull_request: pull, issue } = JSON.parse(event ?? '{}') as Readonly<Record<string, { readonly number?: unknown } | undefined>>
    const number = pull?.number ?? issue?.number
    return number === undefined ? undefined : String(number)
  } catch {
    // It names no pull request then, and that is what is told.
    return undefined
  }
}
