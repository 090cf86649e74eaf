import { expect, test } from 'vitest'
import { code, codeBlock, plain, prose } from './markdown-text.ts'

test.each([
  ['a*b_c', String.raw`a\*b\_c`],
  ['<b>&amp;', '&lt;b&gt;&amp;amp;'],
  ['@ada #1 !2 a@b', '@<!-- -->ada #<!-- -->1 !<!-- -->2 a@<!-- -->b'],
  ['[x](y) a|b `c` $d$ ~e~', String.raw`\[x\](y) a\|b \`c\` \$d\$ \~e\~`],
  ['http://x www.y.z', 'http:<!-- -->//x www<!-- -->.y.z'],
  ['- item', String.raw`\- item`],
  ['# title', String.raw`\# title`],
  ['1. first', String.raw`\1. first`],
  ['a\nb\u0000\u202E', 'a b\uFFFD\uFFFD'],
])('%j is %j', (text, shown) => {
  expect(plain(text)).toBe(shown)
})

test('code is code whatever backticks and bars are in it', () => {
  expect(code('a`b``c')).toBe('```a`b``c```')
  expect(code('`a`')).toBe('`` `a` ``')
  expect(code('a|b', true)).toBe(String.raw`\`a\|b\``.replaceAll(String.raw`\``, '`'))
  expect(code('')).toBe('')
  expect(codeBlock('a\n```\nb', 'sql')).toBe('````sql\na\n```\nb\n````')
})

test("a sentence's code is code, the rest plain", () => {
  expect(prose('Run `yama up` for a*b.')).toBe(String.raw`Run \`yama up\` for a\*b.`.replaceAll(String.raw`\``, '`'))
  expect(prose('no `end')).toBe(String.raw`no \`end`)
})
