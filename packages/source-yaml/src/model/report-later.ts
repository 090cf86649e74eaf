import { appliesTo } from '../field/overridden.ts'
import type { Checked } from '../read/validate-document.ts'
import type { BuildContext } from './build-context.ts'

/** What is accepted and would change the database, but is carried by later versions: said each time. */
export function reportLater({ data, source }: Checked, { dialect, report }: BuildContext): void {
  const kind = dialect.kind
  const say = (what: string, path: readonly (string | number)[], fix = 'Write it as SQL in a migration until then.'): void =>
    report.warning('YAMA_ENTITY_NOT_CARRIED', { what, fix }, source.keyAt(path))
  for (const [name, each] of Object.entries(data.seeds ?? {}))
    if (appliesTo(each, kind)) say(`The seed of ${name}`, ['seeds', name], 'Write it in seed.sql until then.')
  for (const [name, entity] of Object.entries(data.entities ?? {})) {
    if (!appliesTo(entity, kind)) continue
    if (kind !== 'postgres' && entity.rls !== undefined && appliesTo(entity.rls, kind))
      say(`Row level security of ${name}`, ['entities', name, 'rls'], 'The database has none; add `only: [postgres]` to it.')
    if (kind === 'postgres' && entity.partition?.interval !== undefined && appliesTo(entity.partition, kind))
      say(
        `The interval of the partitions of ${name}`,
        ['entities', name, 'partition', 'interval'],
        'List the partitions, or make them in migrations.',
      )
    if (kind !== 'postgres' && entity.partition !== undefined && appliesTo(entity.partition, kind))
      say(`The partitioning of ${name}`, ['entities', name, 'partition'])
    for (const [field, each] of Object.entries(entity.fields)) {
      if (typeof each !== 'string' && each.backfill !== undefined && appliesTo(each, kind))
        say(
          `The backfill of ${name}.${field}`,
          ['entities', name, 'fields', field, 'backfill'],
          'Fill the column in a migration until then.',
        )
    }
  }
}
