// The rules of STYLE.md that no linter knows. `pnpm check:house`.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { deadLinks } from './dead-links.ts'
import { houseRules } from './house-rules.ts'
import { type PackageManifest, packageRules } from './package-rules.ts'
import { sourceFiles } from './source-files.ts'

const root = resolve(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const folders = ['packages', 'test', 'tools', 'bench'].filter((folder) => existsSync(join(root, folder)))

const problems = [
  ...folders.flatMap((folder) => sourceFiles(root, folder, '.ts')).flatMap((path) => houseRules({ path, text: read(path) })),
  ...readdirSync(join(root, 'packages')).flatMap((name) => {
    const entries = readdirSync(join(root, 'packages', name, 'src')).filter((file) => file.endsWith('.ts') && !file.includes('.test'))
    return packageRules(JSON.parse(read(`packages/${name}/package.json`)) as PackageManifest, entries)
  }),
  ...sourceFiles(root, '.', '.md').flatMap((path) => deadLinks(root, path, read(path))),
]

for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1
