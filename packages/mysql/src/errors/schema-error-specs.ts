import type { ErrorSpec } from '@yama/core'

export const schemaErrorSpecs = {
  YAMA_MYSQL_NOT_SUPPORTED: {
    message: '{database} has no {what}: {fact}.',
    hint: 'Leave it out there with `only:`, or with `skip: true` and a `reason:` under `overrides:`, or state something else.',
    explain:
      'The entities state something that this server cannot do. It is refused instead of left out: a unique index without its condition, for example, would refuse rows that the condition lets in.',
    exit: 65,
  },
} as const satisfies Record<string, ErrorSpec>
