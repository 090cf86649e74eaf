import type { CliCommand } from '../program/command.ts'
import { toolVersion } from '../program/tool-version.ts'

export const version: CliCommand = {
  name: 'version',
  summary: 'Print the version.',
  description: 'Prints the version of Yama; with --json that of Node and the platform too, for a report.',
  examples: ['yama version', 'yama version --json'],
  run: () =>
    Promise.resolve({
      data: { version: toolVersion(), node: process.version, platform: `${process.platform}-${process.arch}` },
      text: toolVersion(),
    }),
}
