import type { ErrorSpec } from '@yama/core'

export const scratchErrorSpecs = {
  YAMA_MYSQL_SCRATCH_SETUP: {
    message: 'The setup of the scratch database failed: {reason}.',
    hint: 'Correct `setup` of the environment; it runs in an empty database of {product} first.',
    explain: 'Setup provides what the host of the target database provides. It runs in every scratch database before anything else.',
    exit: 78,
  },
  YAMA_MYSQL_SCRATCH_NONE: {
    message: 'No scratch database could be made. {tried}',
    hint: 'Give `devUrl` (a server on which `yama_scratch_…` databases may be made), allow them on a server with `scratch.allow` of the environment, or install the programs of the server here.',
    explain:
      'Yama replays migrations and reads entities back in a database of its own, which it makes and drops: the user needs CREATE and DROP on `yama\\_scratch\\_%`. Each way to get one was tried in order.',
    exit: 69,
  },
  YAMA_MYSQL_SCRATCH_SERVER: {
    message: 'The throw-away server did not start: {reason}.',
    hint: 'Try {command} by hand, or choose another kind of scratch database.',
    explain: 'A data directory was made in a temporary directory, and the server in it did not answer in time.',
    exit: 69,
  },
} as const satisfies Record<string, ErrorSpec>
