import { readFileSync, mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { it } from 'vitest'
import { YamaError } from '@yama/core'
import { factBase } from '@yama/schema'
import { loadText, bare } from './load-text.ts'
import { fakeDialect } from './fake-dialect.ts'
import { yamlEntities } from '../src/index.ts'
it.each(['postgres', 'sqlite'] as const)('x', async (kind) => {
  try {
    const l = await loadText(readFileSync(new URL('./design-example.yaml', import.meta.url), 'utf8'), kind)
    const dir = mkdtempSync(join(tmpdir(), 'yama'))
    const src = yamlEntities({ directory: dir, root: dir })
    const files = await src.write(factBase('t', l.facts), { dialect: fakeDialect(kind) })
    console.log(files)
    if (kind === 'sqlite') for (const f of readdirSync(dir)) console.log(`## ${f}\n${readFileSync(join(dir, f), 'utf8')}`)
    const again = await src.load({ dialect: fakeDialect(kind) })
    const a = new Map(bare(l.facts).map((f: any) => [f.id, JSON.stringify({ ...f, was: undefined })]))
    const b = new Map(bare([...again.desired.facts.values()]).map((f: any) => [f.id, JSON.stringify({ ...f, was: undefined })]))
    for (const [k, v] of a) if (b.get(k) !== v) console.log('- ', k, v, '\n+ ', b.get(k))
    for (const [k, v] of b) if (!a.has(k)) console.log('++', k, v)
    console.log('second write', await src.write(factBase('t', l.facts), { dialect: fakeDialect(kind) }))
  } catch (e) { if (YamaError.is(e)) console.log(e.message, (e.data as any[])?.map((d) => `${d.code} ${d.position?.line}:${d.position?.column} ${d.message} ${d.hint}`).join('\n')); else throw e }
})
