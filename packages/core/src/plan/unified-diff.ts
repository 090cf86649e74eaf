/** Lines around a change. */
const CONTEXT = 3
/** Beyond so many changed lines the middle is shown as replaced: nobody reads a finer difference. */
const FINE = 2000

type Edit = readonly [mark: ' ' | '-' | '+', line: string]

/**
 * The difference of two texts as `diff -u` prints it; '' where they are equal. Line ends are not compared.
 *
 * @example unifiedDiff('a\nb\n', 'a\nc\n', { from: 'old', to: 'new' }) // '--- old\n+++ new\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n'
 */
export function unifiedDiff(before: string, after: string, names: { readonly from: string; readonly to: string }): string {
  const edits = editsOf(linesOf(before), linesOf(after))
  const hunks = hunksOf(edits)
  return hunks.length === 0 ? '' : `--- ${names.from}\n+++ ${names.to}\n${hunks.join('')}`
}

const linesOf = (text: string): readonly string[] => {
  const lines = text.split(/\r\n|\r|\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

function editsOf(a: readonly string[], b: readonly string[]): readonly Edit[] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const same = (line: string): Edit => [' ', line]
  return [
    ...a.slice(0, start).map(same),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map(same),
  ]
}

/** The longest common subsequence, by its table. */
function middle(a: readonly string[], b: readonly string[]): readonly Edit[] {
  const removed = a.map((line): Edit => ['-', line])
  const added = b.map((line): Edit => ['+', line])
  if (a.length === 0 || b.length === 0 || a.length + b.length > FINE) return [...removed, ...added]
  const width = b.length + 1
  const table = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i * width + j] =
        a[i] === b[j] ? table[(i + 1) * width + j + 1]! + 1 : Math.max(table[(i + 1) * width + j]!, table[i * width + j + 1]!)
  const edits: Edit[] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      edits.push([' ', a[i++]!])
      j++
    } else if (table[(i + 1) * width + j]! >= table[i * width + j + 1]!) edits.push(removed[i++]!)
    else edits.push(added[j++]!)
  }
  return [...edits, ...removed.slice(i), ...added.slice(j)]
}

function hunksOf(edits: readonly Edit[]): readonly string[] {
  const changed = edits.flatMap(([mark], at) => (mark === ' ' ? [] : [at]))
  const hunks: string[] = []
  let [oldLine, newLine, done] = [1, 1, 0]
  for (let first = 0; first < changed.length;) {
    let last = first
    while (last + 1 < changed.length && changed[last + 1]! - changed[last]! <= 2 * CONTEXT + 1) last++
    const from = Math.max(0, changed[first]! - CONTEXT)
    const part = edits.slice(from, changed[last]! + CONTEXT + 1)
    oldLine += from - done
    newLine += from - done
    const [olds, news] = [part.filter(([mark]) => mark !== '+').length, part.filter(([mark]) => mark !== '-').length]
    hunks.push(`@@ -${place(oldLine, olds)} +${place(newLine, news)} @@\n${part.map((edit) => `${edit.join('')}\n`).join('')}`)
    oldLine += olds
    newLine += news
    done = from + part.length
    first = last + 1
  }
  return hunks
}

const place = (line: number, count: number): string => `${count === 0 ? line - 1 : line}${count === 1 ? '' : `,${count}`}`
