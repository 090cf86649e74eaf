import { join } from 'node:path'
import { mergeChunks } from '../../tools/merge-chunks.ts'
import { shared } from '../../tools/tsup.shared.ts'

export default shared({ onSuccess: () => mergeChunks(join(process.cwd(), 'dist'), ['bin.js', 'index.js'], ['run-cli', 'up', 'status']) })
