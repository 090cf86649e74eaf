import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { openBundle, writeBundle, writeWhole } from '@yama/core/files'
import type { CliCommand } from '../program/command.ts'
import { readKey } from '../bundle/read-key.ts'
import { text } from '../program/option-values.ts'

export const bundle: CliCommand = {
  name: 'bundle',
  summary: 'Pack all migrations into one file that runs by itself.',
  description:
    'Packs the graph, with code steps compiled to JavaScript, operations compiled to SQL, and hook files, into one file with a digest, signed where a key is given. `yama up --bundle FILE`, or three lines of code, run it without TypeScript and without the files.',
  options: [
    { flags: '-o, --out <file>', description: 'where to, default app.yamabundle' },
    { flags: '--sign <key>', description: 'Ed25519 private key: a PEM file, or env:NAME' },
  ],
  examples: ['yama bundle', 'yama bundle -o release.yamabundle --sign release.pem'],
  run: async (context, input) => {
    const out = resolve(context.globals.cwd, text(input.options['out']) ?? 'app.yamabundle')
    const sign = text(input.options['sign'])
    const key = sign === undefined ? undefined : await readKey(context, sign)
    const { makeBundle } = await import('../bundle/make-bundle.ts')
    await writeWhole(out, writeBundle(await makeBundle(context), key))
    // What was written is what can be read.
    const { body, digest, signed } = openBundle(out)
    const bytes = (await readFile(out)).length
    const { migrations, modules, hooks, dialect } = body
    return {
      data: { file: out, digest, signed, dialect, migrations: migrations.length, modules: modules.length, hooks: hooks.length, bytes },
      text: `wrote ${out}: ${migrations.length} migration(s), ${modules.length} module(s), ${hooks.length} hook file(s) for ${dialect}, ${bytes} bytes${signed ? ', signed' : ''}\ndigest ${digest}`,
    }
  },
}
