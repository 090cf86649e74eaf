const CONTEXT = 4
const LONG = 120

/** Where two statements differ, with a few words before: undefined where they are the same but for space, case and `IF NOT EXISTS`. */
export function differingWords(one: string, other: string): readonly [string, string] | undefined {
  const [a, b] = [words(one), words(other)]
  const same = (x: number, y: number): boolean => a[x]?.toLowerCase() === b[y]?.toLowerCase()
  let start = 0
  while (start < Math.min(a.length, b.length) && same(start, start)) start += 1
  if (start === a.length && start === b.length) return undefined
  let end = 0
  while (end < Math.min(a.length, b.length) - start && same(a.length - 1 - end, b.length - 1 - end)) end += 1
  const from = Math.max(0, start - CONTEXT)
  const shown = (list: readonly string[]): string => {
    const text = list.slice(from, list.length - end).join(' ')
    return text === '' ? 'nothing' : text.length > LONG ? `${text.slice(0, LONG - 1)}…` : text
  }
  return [shown(a), shown(b)]
}

const words = (text: string): readonly string[] =>
  text
    .replaceAll(/\bIF\s+NOT\s+EXISTS\b/gi, ' ')
    .replaceAll(/--[^\n]*/g, ' ')
    .match(/'(?:[^']|'')*'|"[^"]*"|\w+|[^\s\w]/g) ?? []
