import type { EnvironmentReview } from '../contract/review-document.ts'

export const ENVIRONMENT_TITLES = ['Environment', 'Would run', 'Safe', 'Because', 'Changed by hand']

/** So many names stand in one cell. */
const MOST = 12

/** What an environment would do, a text for each of the titles. */
export function environmentCells(
  { environment, exportedAt, wouldApply, safe, because, drift }: EnvironmentReview,
  code: (name: string) => string,
  text: (value: string) => string,
): readonly string[] {
  const list = (names: readonly string[]): string =>
    `${names.slice(0, MOST).join(', ')}${names.length > MOST ? ` and ${names.length - MOST} more` : ''}`
  const changed = drift?.map(({ object, origin, touched }) => `${code(object)} ${origin}${touched ? ', **touched**' : ''}`)
  return [
    `${code(environment)}${exportedAt === undefined ? '' : ` as of ${text(exportedAt.slice(0, 10))}`}`,
    wouldApply.length === 0 ? 'nothing' : list(wouldApply.map(code)),
    safe ? 'yes' : '**no**',
    text(because.join('; ')),
    changed === undefined ? 'not looked for' : changed.length === 0 ? 'nothing' : list(changed),
  ]
}
