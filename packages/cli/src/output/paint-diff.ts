import type { Paint } from './paint.ts'

/** A unified difference in colours; as it is where there are none. */
export const paintDiff = (diff: string, color: Paint): string =>
  diff
    .trimEnd()
    .split('\n')
    .map((line) => {
      if (line.startsWith('---') || line.startsWith('+++')) return color.bold(line)
      if (line.startsWith('@@')) return color.cyan(line)
      return line.startsWith('+') ? color.green(line) : line.startsWith('-') ? color.red(line) : line
    })
    .join('\n')
