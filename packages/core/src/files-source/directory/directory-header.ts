/**
 * The keys of a `migration.yaml` as the comment lines of a SQL header, so that both have one meaning. Reads the flat
 * YAML that a header needs: `key: value`, quoted values, and lists in brackets or with dashes.
 */
export function directoryHeader(yaml: string): string {
  const lines: string[] = []
  for (const line of yaml.split(/\r?\n/)) {
    const item = /^\s*-\s+(.*)$/.exec(line)
    const last = lines.length - 1
    if (item !== null && last >= 0) {
      const separator = lines[last]!.endsWith(':') ? ' ' : ', '
      lines[last] += separator + plain(item[1] ?? '')
      continue
    }
    const field = /^([A-Za-z][A-Za-z-]*)\s*:\s*(.*)$/.exec(line)
    if (field !== null) lines.push(`-- ${field[1]}: ${plain(field[2] ?? '')}`.trimEnd())
  }
  return lines.map((line) => `${line}\n`).join('')
}

const plain = (value: string): string => {
  const bare = value.replace(/\s+#.*$/, '').trim()
  return /^(['"]).*\1$/.test(bare) ? bare.slice(1, -1) : bare.replaceAll(/^\[|\]$/g, '').trim()
}
