import { readdirSync } from 'node:fs'
import { defineConfig, type Options } from 'tsup'

/** Every file directly in `src` is an entry (the rule of the roof); declarations come from `tsc -p tsconfig.build.json`. */
export const shared = (own: Options = {}) =>
  defineConfig({
    entry: readdirSync('src')
      .filter((name) => name.endsWith('.ts') && !name.includes('.test'))
      .map((name) => `src/${name}`),
    format: 'esm',
    target: 'node20.19',
    platform: 'neutral',
    // Chunks keep dynamic imports apart, so that `yama --version` loads no command and no driver.
    splitting: true,
    treeshake: true,
    clean: true,
    dts: false,
    sourcemap: false,
    silent: true,
    ...own,
  })
