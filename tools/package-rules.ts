export interface PackageManifest {
  readonly name: string
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly publishConfig?: { readonly exports?: unknown }
  readonly bin?: Readonly<Record<string, string>>
}

const withoutSource = (exports: NonNullable<PackageManifest['exports']>): unknown =>
  Object.fromEntries(
    Object.entries(exports).map(([path, target]) => [
      path,
      typeof target === 'string' ? target : Object.fromEntries(Object.entries(target).filter(([condition]) => condition !== 'yama-source')),
    ]),
  )

/** The rule of the roof: `entries` (the files directly in src/) and `exports` say the same, and nothing of src/ is published. */
export function packageRules(manifest: PackageManifest, entries: readonly string[]): readonly string[] {
  const problems: string[] = []
  const exports = manifest.exports ?? {}
  if (JSON.stringify(manifest.publishConfig?.exports) !== JSON.stringify(withoutSource(exports)))
    problems.push('publishConfig.exports must repeat exports without the yama-source lines')
  for (const entry of entries) {
    const name = entry.replace(/\.ts$/, '')
    const key = name === 'index' ? '.' : `./${name}`
    const isCommand = Object.values(manifest.bin ?? {}).includes(`./dist/${name}.js`)
    if (!(key in exports) && !isCommand) problems.push(`src/${entry} is public by its place, but exports has no ${key}`)
  }
  for (const [key, target] of Object.entries(exports)) {
    const source = typeof target === 'string' ? undefined : target['yama-source']
    if (source !== undefined && !entries.includes(source.replace('./src/', '')))
      problems.push(`exports ${key} leads to ${source}, which is not there`)
  }
  return problems.map((problem) => `${manifest.name}: ${problem}`)
}
