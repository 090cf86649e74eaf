import { hostname, userInfo } from 'node:os'
import { gitCommit } from './git-commit.ts'

type Variables = Readonly<Record<string, string | undefined>>

interface CiSystem {
  readonly name: string
  /** The variable that only this system sets. */
  readonly sign: string
  readonly job: (variables: Variables) => string | undefined
  readonly url: (variables: Variables) => string | undefined
  readonly commit: string
}

/** What each system says of the job that runs; in this order, since some set what others set too. */
const systems: readonly CiSystem[] = [
  {
    name: 'GitHub Actions',
    sign: 'GITHUB_RUN_ID',
    job: (v) => [v['GITHUB_WORKFLOW'], v['GITHUB_JOB']].filter((part) => part !== undefined).join(' / '),
    url: (v) =>
      `${v['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${v['GITHUB_REPOSITORY'] ?? ''}/actions/runs/${v['GITHUB_RUN_ID'] ?? ''}`,
    commit: 'GITHUB_SHA',
  },
  { name: 'GitLab CI', sign: 'GITLAB_CI', job: (v) => v['CI_JOB_NAME'], url: (v) => v['CI_JOB_URL'], commit: 'CI_COMMIT_SHA' },
  { name: 'CircleCI', sign: 'CIRCLECI', job: (v) => v['CIRCLE_JOB'], url: (v) => v['CIRCLE_BUILD_URL'], commit: 'CIRCLE_SHA1' },
  {
    name: 'Buildkite',
    sign: 'BUILDKITE_BUILD_URL',
    job: (v) => v['BUILDKITE_LABEL'] ?? v['BUILDKITE_PIPELINE_SLUG'],
    url: (v) => `${v['BUILDKITE_BUILD_URL'] ?? ''}${v['BUILDKITE_JOB_ID'] === undefined ? '' : `#${v['BUILDKITE_JOB_ID']}`}`,
    commit: 'BUILDKITE_COMMIT',
  },
  {
    name: 'Azure Pipelines',
    sign: 'TF_BUILD',
    job: (v) => [v['BUILD_DEFINITIONNAME'], v['SYSTEM_JOBDISPLAYNAME']].filter((part) => part !== undefined).join(' / '),
    url: (v) =>
      `${v['SYSTEM_COLLECTIONURI'] ?? ''}${encodeURIComponent(v['SYSTEM_TEAMPROJECT'] ?? '')}/_build/results?buildId=${v['BUILD_BUILDID'] ?? ''}`,
    commit: 'BUILD_SOURCEVERSION',
  },
  { name: 'Jenkins', sign: 'JENKINS_URL', job: (v) => v['JOB_NAME'], url: (v) => v['BUILD_URL'], commit: 'GIT_COMMIT' },
]

/** Who runs this, for the history: user and host of the system, CI job and commit where the environment or the repository tells. */
export function runActor(variables: Variables, root: string): Readonly<Record<string, string>> {
  const ci = systems.find(({ sign }) => (variables[sign] ?? '') !== '')
  const found = {
    osUser: systemUser(variables),
    host: hostname(),
    application: 'yama',
    ciSystem: ci?.name,
    ciJob: ci?.job(variables),
    ciUrl: ci?.url(variables),
    gitCommit: (ci === undefined ? undefined : variables[ci.commit]) ?? variables['GIT_COMMIT'] ?? gitCommit(root),
  }
  return Object.fromEntries(Object.entries(found).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''))
}

function systemUser(variables: Variables): string {
  try {
    return userInfo().username
  } catch {
    // A container may run under a user id without a name; the variables then say what is known.
    return variables['USER'] ?? `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
