import { createPrivateKey, sign } from 'node:crypto'
import type { JsonValue } from '../../contract/history.ts'
import { coreErrors } from '../../errors/errors.ts'
import { canonicalJson } from '../../hash/canonical-json.ts'
import { sha256Hex } from '../../hash/sha256.ts'
import type { BundleBody, BundleFile } from './bundle-format.ts'

/** The digest of a bundle's body. */
export const bundleDigest = (body: BundleBody): string => sha256Hex(canonicalJson(body as unknown as JsonValue))

/**
 * The text of a bundle file; with a private key (PEM, Ed25519) it is signed. Throws YAMA_BUNDLE_KEY for a key of another kind.
 *
 * @example await writeFile('app.yamabundle', writeBundle(body, await readFile('release.pem', 'utf8')))
 */
export function writeBundle(given: BundleBody, privateKey?: string): string {
  // What JSON leaves out is not in the digest either.
  const body = JSON.parse(JSON.stringify(given)) as BundleBody
  const digest = bundleDigest(body)
  const file: BundleFile = privateKey === undefined ? { body, digest } : { body, digest, signature: signed(digest, privateKey) }
  return `${JSON.stringify(file)}\n`
}

function signed(digest: string, pem: string): NonNullable<BundleFile['signature']> {
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'ed25519') return { algorithm: 'ed25519', value: sign(null, Buffer.from(digest), key).toString('base64') }
  } catch (error) {
    throw coreErrors.YAMA_BUNDLE_KEY({ kind: 'private', reason: 'it cannot be read' }, { cause: error })
  }
  throw coreErrors.YAMA_BUNDLE_KEY({ kind: 'private', reason: 'it is for another algorithm' })
}
