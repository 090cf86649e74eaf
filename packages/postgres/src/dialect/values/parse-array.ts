/** Reads `{1,NULL,"a\"b",{2}}`; a prefix with bounds (`[0:1]=`) is skipped. */
export function parseArray(text: string, read: (element: string) => unknown): readonly unknown[] {
  let at = text.indexOf('{') + 1
  const list = (): unknown[] => {
    const out: unknown[] = []
    for (;;) {
      const code = text[at]
      if (code === undefined) return out
      if (code === '}') {
        at++
        return out
      }
      if (code === ',') at++
      else if (code === '{') {
        at++
        out.push(list())
      } else if (code === '"') out.push(read(quoted()))
      else out.push(bare())
    }
  }
  const quoted = (): string => {
    let out = ''
    for (at++; at < text.length && text[at] !== '"'; at++) {
      if (text[at] === '\\') at++
      out += text[at] ?? ''
    }
    at++
    return out
  }
  const bare = (): unknown => {
    const start = at
    while (at < text.length && text[at] !== ',' && text[at] !== '}') at++
    const word = text.slice(start, at)
    return word === 'NULL' ? null : read(word)
  }
  return list()
}
