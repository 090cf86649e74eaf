import type { Fact } from '@yama/schema'
import { quoteName } from '../text/names.ts'

/** CREATE VIEW; whoever runs it becomes its definer. */
export function renderView({ name, payload }: Fact<'view'>, orReplace: boolean): string {
  const { options, query } = payload
  const words = [
    'CREATE',
    ...(orReplace ? ['OR REPLACE'] : []),
    ...(options['algorithm'] === undefined ? [] : [`ALGORITHM = ${String(options['algorithm']).toUpperCase()}`]),
    ...(options['security'] === undefined ? [] : [`SQL SECURITY ${String(options['security']).toUpperCase()}`]),
    ...(options['jsonDuality'] === true ? ['JSON RELATIONAL DUALITY'] : []),
    `VIEW ${quoteName(name)}${options['columns'] === undefined ? '' : ` (${String(options['columns'])})`} AS`,
  ]
  const check = options['checkOption']
  return `${words.join(' ')}\n${query}${check === undefined ? '' : `\nWITH ${String(check).toUpperCase()} CHECK OPTION`}`
}
