import { expect, test } from 'vitest'
import { redactUrl } from './redact-url.ts'

test.each([
  ['postgres://user:secret@host:5432/db', 'postgres://user:***@host:5432/db'],
  ['postgres://user:p@ss:w0rd@host/db', 'postgres://user:***@host/db'],
  ['postgres://user@host/db', 'postgres://user@host/db'],
  ['postgres://host/db?password=secret&sslmode=require', 'postgres://host/db?password=***&sslmode=require'],
  ['sqlite:./dev.db', 'sqlite:./dev.db'],
])('%s is printed as %s', (url, shown) => {
  expect(redactUrl(url)).toBe(shown)
  expect(redactUrl(url)).not.toContain('secret')
})
