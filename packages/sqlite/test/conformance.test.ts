import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dialectSuite } from '@yama/testkit'
import { sqlite } from '@yama/sqlite'

dialectSuite('SQLite file', () => sqlite({ file: join(mkdtempSync(join(tmpdir(), 'yama-sqlite-')), 'test.db') }))
