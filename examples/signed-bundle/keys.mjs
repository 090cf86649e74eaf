// A pair of Ed25519 keys, as `openssl genpkey -algorithm ed25519` makes them. The private one stays with who releases.
import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'

const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
writeFileSync('release.pem', privateKey, { mode: 0o600 })
writeFileSync('release.pub.pem', publicKey)
