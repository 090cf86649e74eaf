import { closestName } from '@yama/core'

/** `Did you mean X?` where something is near, else what is there. */
export function didYouMean(word: string, known: Iterable<string>, otherwise?: string): string {
  const list = [...known]
  const near = closestName(word, list)
  if (near !== undefined) return `Did you mean \`${near}\`?`
  if (otherwise !== undefined) return otherwise
  if (list.length === 0) return 'There is none to choose from.'
  return list.length > 12 ? `Known: ${list.slice(0, 12).join(', ')}, … (${list.length} in all).` : `Known: ${list.join(', ')}.`
}
