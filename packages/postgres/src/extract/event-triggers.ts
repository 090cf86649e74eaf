import { objectId, type Fact } from '@yama/schema'
import { CATALOGUE, address, given, register, type Catalogue } from './catalogue.ts'
import { ENABLED, type EnabledState } from './enabled-state.ts'
import { notOfExtension, type QueryScope } from './query-scope.ts'

export interface EventTriggerRow {
  readonly oid: number
  readonly name: string
  readonly event: string
  readonly function: string
  /** JSON text. */
  readonly tags: string
  readonly enabled: EnabledState
  readonly comment: string | null
}

/** They are of the whole database: where a scope names schemas they are left to whoever owns the database. */
export function eventTriggersQuery(scope: QueryScope): string {
  return `SELECT e.oid, e.evtname AS name, e.evtevent AS event, quote_ident(n.nspname) || '.' || quote_ident(p.proname) AS function,
      coalesce(array_to_json(e.evttags)::text, '[]') AS tags, e.evtenabled AS enabled, obj_description(e.oid, 'pg_event_trigger') AS comment
    FROM pg_event_trigger e JOIN pg_proc p ON p.oid = e.evtfoid JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE ${String(scope.whole)} AND ${notOfExtension('pg_event_trigger', 'e.oid')} ORDER BY e.evtname`
}

export function addEventTriggers(catalogue: Catalogue, rows: readonly EventTriggerRow[]): void {
  for (const row of rows) {
    const fact: Fact<'eventTrigger'> = {
      kind: 'eventTrigger',
      id: objectId('eventTrigger', '', row.name),
      schema: '',
      name: row.name,
      payload: {
        event: row.event,
        function: row.function,
        tags: JSON.parse(row.tags) as string[],
        ...given('enabled', ENABLED[row.enabled]),
        ...given('comment', row.comment),
      },
      dependsOn: [],
    }
    register(catalogue, fact, [address(CATALOGUE.eventTrigger, row.oid)])
  }
}
