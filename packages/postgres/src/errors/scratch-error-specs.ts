import type { ErrorSpec } from '@yama/core'

export const scratchErrorSpecs = {
  YAMA_SCRATCH_NOT_EMPTY: {
    message: 'The devUrl {url} points to a database with a history of migrations. It was not emptied; nothing was changed.',
    hint: 'Give the URL of a database that may be emptied at any time, or drop the schema `yama` in it if that is what this one is for.',
    explain: "A devUrl is emptied before and after each use. A database with a history is somebody's database, most likely a wrong URL.",
    exit: 78,
  },
  YAMA_SCRATCH_SETUP: {
    message: 'The setup of the scratch database failed: {reason}.',
    hint: 'Correct `setup` of the environment; it runs in an empty {product} first.',
    explain:
      'Setup provides what the host of the target database provides: roles, schemas, functions. It runs in every scratch database before anything else.',
    exit: 78,
  },
  YAMA_SCRATCH_NONE: {
    message: 'No scratch database could be made. {tried}',
    hint: 'Give `devUrl` (a database that may be emptied), allow throw-away databases on a server with `scratch.allow` of the environment, or run `npm install -D @electric-sql/pglite`.',
    explain: 'Yama replays migrations and reads entities back in a database of its own. Each way to get one was tried in order.',
    exit: 69,
  },
  YAMA_SCRATCH_CLUSTER: {
    message: 'The throw-away PostgreSQL cluster did not start: {reason}.',
    hint: 'Try {command} by hand, or choose another kind of scratch database.',
    explain: 'A cluster was made with initdb in a temporary directory and did not answer in time.',
    exit: 69,
  },
} as const satisfies Record<string, ErrorSpec>
