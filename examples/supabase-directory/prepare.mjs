// Stands for the platform: creates in the local database what it provides before the first migration.
import { mkdirSync, readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'

mkdirSync('.yama', { recursive: true })
const database = new PGlite('.yama/dev')
await database.exec(readFileSync('supabase-provides.sql', 'utf8'))
await database.close()
