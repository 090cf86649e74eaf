import { expect, test } from 'vitest'
import { redactText, redactUrl } from './redact.ts'

test.each([
  ['mysql://u:pw@h:5/d?x=y', 'mysql://u:***@h:5/d?x=y'],
  ['mariadb://u:p@w@h/d', 'mariadb://u:***@h/d'],
  ['mysql://u:p/w#?@h/d', 'mysql://u:***@h/d'],
  ['mysql://u@h/d?password=pw&a=b', 'mysql://u@h/d?password=***&a=b'],
  ['mysql://h/d', 'mysql://h/d'],
])('%s is shown as %s', (url, shown) => {
  expect(redactUrl(url)).toBe(shown)
})

test('a text loses the secret in every spelling', () => {
  expect(redactText('bad s3c/ret and s3c%2Fret and mysql://a:b@c/d', ['s3c/ret'])).toBe('bad *** and *** and mysql://a:***@c/d')
})
