#!/usr/bin/env node
// packages/*/etc/*.api.md: the public API as text, so that a change of it is seen in review.
// Fails on drift; `--write` accepts the present API. The packages must be built.
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor'
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './bring-dependencies.mjs'

const write = process.argv.includes('--write')
const quiet = { logLevel: 'none' }
let failures = 0

for (const folder of readdirSync(join(root, 'packages')).sort()) {
  const project = join(root, 'packages', folder)
  const { exports } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
  for (const [key, target] of Object.entries(exports)) {
    if (typeof target === 'string') continue
    const name = key === '.' ? folder : `${folder}-${key.slice(2)}`
    mkdirSync(join(project, 'etc'), { recursive: true })
    mkdirSync(join(root, 'node_modules', '.cache', 'api-reports'), { recursive: true })
    const config = ExtractorConfig.prepare({
      configObjectFullPath: undefined,
      packageJsonFullPath: join(project, 'package.json'),
      configObject: {
        projectFolder: project,
        mainEntryPointFilePath: join(project, target.types),
        compiler: {
          overrideTsconfig: { extends: '../../tsconfig.build.json', compilerOptions: { skipLibCheck: true }, include: ['dist/**/*.d.ts'] },
        },
        apiReport: {
          enabled: true,
          reportFileName: `${name}.api.md`,
          reportFolder: '<projectFolder>/etc',
          reportTempFolder: join(root, 'node_modules', '.cache', 'api-reports'),
        },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        messages: {
          compilerMessageReporting: { default: { logLevel: 'error' } },
          extractorMessageReporting: { default: quiet, 'ae-forgotten-export': { logLevel: 'warning', addToApiReportFile: true } },
          tsdocMessageReporting: { default: quiet },
        },
        newlineKind: 'lf',
      },
    })
    const result = Extractor.invoke(config, {
      localBuild: write,
      messageCallback: (message) => {
        message.handled = true
        if (message.logLevel === 'error' && message.messageId !== 'console-api-report-not-copied') console.error(`${name}: ${message.text}`)
      },
    })
    const missing = !existsSync(join(project, 'etc', `${name}.api.md`))
    if ((result.apiReportChanged && !write) || missing)
      console.error(`packages/${folder}/etc/${name}.api.md is ${missing ? 'missing' : 'out of date'}`)
    if (result.errorCount > 0 || missing || (result.apiReportChanged && !write)) failures++
  }
}
if (failures > 0) console.error('\nA wanted change of the public API: `pnpm build && pnpm api:write`, and a changeset.')
process.exit(failures === 0 ? 0 : 1)
