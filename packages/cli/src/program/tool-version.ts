import { readFileSync } from 'node:fs'

let known: string | undefined

/** The version of this package; written into the history with every run. */
export function toolVersion(): string {
  for (const place of ['../package.json', '../../package.json']) {
    if (known !== undefined) break
    try {
      const found = JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8')) as {
        readonly name?: string
        readonly version?: string
      }
      if (found.name === '@yama/cli') known = found.version
    } catch (error) {
      // From sources this file lies one folder deeper than in the bundle: the next place is tried.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    }
  }
  return (known ??= '0.0.0')
}
