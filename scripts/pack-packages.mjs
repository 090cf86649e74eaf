// Packs every publishable package as pnpm would publish it: no workspace: ranges, no yama-source.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pnpm, root } from './bring-dependencies.mjs'

/** Packs into `directory`, which is emptied first; returns `[{ name, folder, tarball }]`. The packages must be built. */
export function packPackages(directory) {
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  if (
    pnpm(['--recursive', '--filter', './packages/*', '--silent', 'pack', '--pack-destination', directory], {
      stdio: ['ignore', 'ignore', 'inherit'],
    }) !== 0
  )
    throw new Error('pnpm pack failed; the lines above say why')
  return readdirSync(join(root, 'packages'))
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8')) }))
    .filter(({ manifest }) => manifest.private !== true)
    .map(({ folder, manifest }) => {
      const tarball = join(directory, `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`)
      if (!existsSync(tarball)) throw new Error(`pnpm pack made no ${tarball}`)
      return { name: manifest.name, folder, tarball }
    })
}
