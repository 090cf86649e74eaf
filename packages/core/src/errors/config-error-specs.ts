import type { ErrorSpec } from './define-errors.ts'

export const configErrorSpecs = {
  YAMA_PLUGIN_DUPLICATE: {
    message: 'The plugin {plugin} is in the configuration twice.',
    hint: 'Remove one of the two.',
    explain: 'Each plugin is known by its name; two of one name would run every hook twice.',
    exit: 78,
  },
  YAMA_PLUGIN_REQUIRES: {
    message: 'The plugin {plugin} needs the plugin {required}, which is not in the configuration.',
    hint: 'Add {required} to `plugins`.',
    explain: 'A plugin names the plugins that it builds on in `requires`.',
    exit: 78,
  },
  YAMA_PLUGIN_CYCLE: {
    message: 'The plugins require each other in a circle: {path}.',
    hint: 'Remove one `requires`.',
    explain: 'A required plugin runs before the one that requires it; in a circle none can be first.',
    exit: 78,
  },
  YAMA_PLUGIN_API: {
    message: 'The plugin {plugin} was written for generation {found} of the plugin contract, and this is generation {expected}.',
    hint: 'Install a version of {plugin} for this version of Yama.',
    explain: 'The number changes only when the plugin contract breaks. Running such a plugin would fail somewhere in the middle.',
    exit: 78,
  },
  YAMA_PLUGIN_STEP_TWICE: {
    message: 'The plugin {plugin} brings steps of kind {kind}, which {other} brings already.',
    hint: 'Remove one of the two plugins.',
    explain: 'One kind of step has one meaning.',
    exit: 78,
  },
  YAMA_PLUGIN_COMMAND_TWICE: {
    message: 'The plugin {plugin} brings the command {command}, which {other} brings already.',
    hint: 'Remove one of the two plugins.',
    explain: 'One command has one meaning.',
    exit: 78,
  },
  YAMA_HOOK_NEXT_TWICE: {
    message: 'A handler of the hook {hook} called `next` twice.',
    hint: "Call it once; a retry belongs into a plugin's step kind.",
    explain: '`next` runs the rest of the work. Running it again would run the migration a second time.',
    exit: 1,
  },
  YAMA_HOOK_SKIPPED: {
    message: 'A handler of the hook {hook} ended without running {id}. Nothing of {id} is kept.',
    hint: 'Call `next` in the handler, or throw to refuse.',
    explain: 'A migration that was not run must not be recorded as applied, so a handler around it either runs the work or throws.',
    exit: 1,
  },
  YAMA_HOOK_FAILED: {
    message: 'A handler of the hook {hook} failed at {id}: {reason} {effects}',
    hint: 'See the plugin that brings the handler; run again when it is repaired.',
    explain: 'A plugin joined the run around a migration and threw an error of its own.',
    exit: 1,
  },
  YAMA_HOOK_FILE_FAILED: {
    message: 'The hook {file} failed: {reason}. {effects}',
    hint: 'Correct the statement at the place shown. {next}',
    explain:
      'before-run.sql, after-run.sql and on-error.sql run around the whole run, each in a transaction of its own where its statements allow one. Those around a migration are part of its transaction and fail with it.',
    exit: 8,
  },
  YAMA_PLUGIN_OBSERVER: {
    message: '{failure}',
    hint: 'Nothing has to be done for the run; see the plugin.',
    explain: 'An observing handler threw an error. Observers cannot break a run, so it is only told.',
    exit: 1,
  },
  YAMA_HOOK_RETURN: {
    message: 'A handler of the hook {hook} returned nothing.',
    hint: 'Return the value that it was given, changed or not.',
    explain: 'A transforming handler gives a value back; nothing would mean an empty graph or plan.',
    exit: 1,
  },
} as const satisfies Record<string, ErrorSpec>
