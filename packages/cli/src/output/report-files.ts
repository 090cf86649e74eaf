import { mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { writeWhole } from '@yama/core/files'
import { cliErrors } from '../errors/errors.ts'
import { texts, text } from '../program/option-values.ts'
import type { OptionSpec } from '../program/option-spec.ts'

/** What a command writes: one format to standard output, unless it goes into a file, and any others into files. */
export interface ReportOutputs<F extends string> {
  readonly printed: F | undefined
  readonly files: readonly { readonly format: F; readonly file: string }[]
}

/** The options of a command that writes reports. */
export const reportOptions = (formats: readonly string[], preset: string): readonly OptionSpec[] => [
  { flags: '--format <format>', description: 'what to print', choices: formats, default: preset },
  {
    flags: '--output <file>',
    description: 'write it to a file instead; `sarif=FILE` writes another format besides, and may be given for each',
    repeatable: true,
  },
]

/** Reads `--format` and `--output`. Rejects with YAMA_CLI_USAGE. */
export function reportOutputs<F extends string>(options: Readonly<Record<string, unknown>>, formats: readonly F[]): ReportOutputs<F> {
  const format = formats.find((each) => each === text(options['format'])) ?? formats[0]
  const files = texts(options['output']).map((given) => {
    const [, name, path] = /^([a-z]+)=(.+)$/.exec(given) ?? []
    const named = formats.find((each) => each === name)
    return named === undefined || path === undefined ? { format, file: given } : { format: named, file: path }
  })
  const whole = files.filter((file): file is { readonly format: F; readonly file: string } => file.format !== undefined)
  const plain = texts(options['output']).filter((given) => !formats.some((each) => given.startsWith(`${each}=`)))
  if (plain.length > 1)
    throw cliErrors.YAMA_CLI_USAGE({
      problem: `--output names ${plain.join(' and ')} for the same format.`,
      next: `Say which is which: --output ${formats[0] ?? ''}=${plain[0] ?? ''}.`,
    })
  return { printed: plain.length === 0 ? format : undefined, files: whole }
}

/** Writes the files, making their directories. */
export async function writeReports<F extends string>(
  outputs: ReportOutputs<F>,
  cwd: string,
  render: (format: F) => string,
): Promise<readonly string[]> {
  for (const { format, file } of outputs.files) {
    const path = resolve(cwd, file)
    await mkdir(dirname(path), { recursive: true })
    await writeWhole(path, render(format))
  }
  return outputs.files.map(({ file }) => file)
}
