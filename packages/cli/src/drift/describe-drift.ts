import { toDiagnostic, type Diagnostic } from '@yama/core'
import type { DriftedObject } from '@yama/drift'
import { header } from '../output/header.ts'
import type { CliContext } from '../program/cli-context.ts'
import type { CommandOutcome } from '../program/command.ts'
import type { FoundDrift } from './read-drift.ts'

const signs = { added: '+', removed: '-', changed: '~' } as const satisfies Record<DriftedObject['origin'], string>
const verdicts = {
  'by-hand': '',
  adopted: '; the entities say the same',
  conflict: '; the entities say a third thing',
} as const satisfies Record<DriftedObject['verdict'], string>

/** What `yama drift` answers: each object, what was done to it, and the ways out. Exits 2 where something counts. */
export async function describeDrift(context: CliContext, found: FoundDrift): Promise<CommandOutcome> {
  const { driftErrors } = await import('@yama/drift')
  const { report, snapshot, unread } = found
  const counting = report.objects.filter(({ ignored }) => ignored === undefined)
  const since = `the run of ${snapshot.at.slice(0, 19)}Z`
  const ignored = report.objects.length - counting.length
  const summary =
    counting.length === 0
      ? `No drift: the schema is as ${since} left it${ignored === 0 ? '' : `, ${ignored} ignored`}.`
      : `${counting.length} object(s) are not as ${since} left them${ignored === 0 ? '' : `, ${ignored} ignored`}.`
  const ways = counting.some(({ managed }) => managed)
    ? ['Keep it: `yama drift adopt`. Take it back: `yama drift repair`. Leave it for a time: `yama drift ignore OBJECT`.']
    : []
  return {
    data: driftData(found),
    text: [
      await header(context),
      ...report.objects.map((object) => driftLine(object)),
      ...(unread === undefined ? [] : [`The entities were not compared: ${unread}`]),
      ...report.unused.map(({ object }) => `ignored and not different any more: ${object}`),
      summary,
      ...ways,
    ].join('\n'),
    exitCode: counting.length === 0 ? 0 : 2,
    reason: counting.length === 0 ? 'no drift' : 'drift',
    diagnostics: report.expired.map(({ object, until, reason }): Diagnostic =>
      toDiagnostic(driftErrors.YAMA_DRIFT_IGNORE_EXPIRED({ object, until, reason }), 'warning'),
    ),
  }
}

/** `~ column users.email: notNull true → false: changed by hand`. */
export function driftLine({ object, origin, verdict, attributes, facts, managed, ignored }: DriftedObject): string {
  const changes = attributes.map(({ attribute, from, to }) => `${attribute} ${shown(from)} → ${shown(to)}`)
  const parts = facts.length > 1 ? ` with ${facts.length - 1} part(s)` : ''
  return [
    `${signs[origin]} ${object}${parts}: ${changes.length === 0 ? '' : `${changes.join(', ')}; `}${origin} by hand${verdicts[verdict]}`,
    managed ? '' : ', outside of the model',
    ignored === undefined ? '' : ` (ignored until ${ignored.until}: ${ignored.reason})`,
  ].join('')
}

export const shown = (value: unknown): string => (value === undefined ? 'none' : typeof value === 'string' ? value : JSON.stringify(value))

/** The same for machines. */
export const driftData = ({ report, snapshot, entities, unread }: FoundDrift): Readonly<Record<string, unknown>> => ({
  since: { at: snapshot.at, runId: snapshot.runId, stateHash: snapshot.stateHash },
  entities: entities !== undefined,
  ...(unread === undefined ? {} : { unread }),
  objects: report.objects.map(({ id, object, origin, verdict, managed, attributes, facts, ignored }) => ({
    ...{ id, object, origin, verdict, managed, attributes, facts },
    ...(ignored === undefined ? {} : { ignored: { reason: ignored.reason, until: ignored.until } }),
  })),
  expired: report.expired,
  unused: report.unused,
})
