import { expect, test } from 'vitest'
import { redactText, redactUrl } from './redact.ts'

test.each([
  ['postgres://u:pw@h:5/d?x=y', 'postgres://u:***@h:5/d?x=y'],
  ['postgres://u:p@w@h/d', 'postgres://u:***@h/d'],
  ['postgres://u:p/w#?@h/d', 'postgres://u:***@h/d'],
  ['postgres://u@h/d?password=pw&a=b', 'postgres://u@h/d?password=***&a=b'],
  ['postgres://h/d', 'postgres://h/d'],
  ['postgres://u@h:5432/d', 'postgres://u@h:5432/d'],
  ['sqlite:./x.db', 'sqlite:./x.db'],
])('%s is shown as %s', (url, shown) => {
  expect(redactUrl(url)).toBe(shown)
})

test('a text loses the secret in every spelling', () => {
  expect(redactText('bad s3c/ret and s3c%2Fret and postgres://a:b@c/d', ['s3c/ret'])).toBe('bad *** and *** and postgres://a:***@c/d')
})
