import { hostname, userInfo } from 'node:os'

const ciJobs = [
  [
    'GITHUB_RUN_ID',
    (v: Variables) => `${v['GITHUB_SERVER_URL'] ?? ''}/${v['GITHUB_REPOSITORY'] ?? ''}/actions/runs/${v['GITHUB_RUN_ID'] ?? ''}`,
  ],
  ['CI_JOB_URL', (v: Variables) => v['CI_JOB_URL'] ?? ''],
  ['BUILD_URL', (v: Variables) => v['BUILD_URL'] ?? ''],
  ['BUILDKITE_BUILD_URL', (v: Variables) => v['BUILDKITE_BUILD_URL'] ?? ''],
] as const

type Variables = Readonly<Record<string, string | undefined>>

/** Who runs this, for the history: user and host of the system, CI job and commit where the environment tells. */
export function runActor(variables: Variables): Readonly<Record<string, string>> {
  const job = ciJobs.find(([name]) => (variables[name] ?? '') !== '')
  const commit = variables['GITHUB_SHA'] ?? variables['CI_COMMIT_SHA'] ?? variables['GIT_COMMIT'] ?? variables['BUILDKITE_COMMIT']
  return {
    osUser: systemUser(variables),
    host: hostname(),
    application: 'yama',
    ...(job === undefined ? {} : { ciJob: job[1](variables) }),
    ...(commit === undefined ? {} : { gitCommit: commit }),
  }
}

function systemUser(variables: Variables): string {
  try {
    return userInfo().username
  } catch {
    // A container may run under a user id without a name; the variables then say what is known.
    return variables['USER'] ?? `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
