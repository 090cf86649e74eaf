import { defineErrors } from '@yama/core'

export const testkitErrors = defineErrors({
  YAMA_TESTKIT_TARGET: {
    message: 'Entry {number} of YAMA_TEST_POSTGRES_URLS does not read MAJOR=URL. No test was run.',
    hint: 'Write for example YAMA_TEST_POSTGRES_URLS=15=postgres://…,18=postgres://… and percent-encode commas in URLs.',
    explain:
      'The variable lists the servers that tests run on, each with its major version in front. The entry itself is not printed, since it may hold a password.',
    exit: 78,
  },
  YAMA_TESTKIT_SERVER: {
    message: 'No MySQL or MariaDB server answers at {host}:{port}, which {variable} names. No test was run.',
    hint: 'Start it with `node scripts/servers.mjs start`, correct the variable, or leave it out.',
    explain: 'A variable that names a server says that the tests for it shall run. Leaving them out in silence would look like success.',
    exit: 69,
  },
  YAMA_FAKE_LEFT_BEHIND: {
    message: 'The statement left the object {object} behind.',
    hint: 'Drop {object} and run again.',
    explain: 'The fake dialect acts like CREATE INDEX CONCURRENTLY, which leaves an INVALID index when it fails.',
    exit: 9,
  },
})
