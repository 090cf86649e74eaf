// What production runs. It has this file, the bundle, the public key, and a driver.
import { readFileSync } from 'node:fs'
import { createYama } from '@yama/core'
import { bundleSource } from '@yama/core/files'
import { sqlite } from '@yama/sqlite'

const source = bundleSource('shop.yamabundle', { verify: readFileSync('release.pub.pem', 'utf8') })
const yama = createYama({ dialect: sqlite({ url: 'sqlite:./prod.db' }), sources: [source] })
const { applied } = await yama.apply(await yama.plan({ up: 'latest' }))
await yama[Symbol.asyncDispose]()

if (applied.length !== 2) throw new Error(`applied ${applied.join(', ') || 'nothing'}`)
console.log(`applied ${applied.join(', ')}`)
