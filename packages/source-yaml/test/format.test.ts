import { describe, expect, it } from 'vitest'
import { YamaError } from '@yama/core'
import { compactEntities, expandEntities, formatEntityFile } from '../src/index.ts'

const short = `# People and what they write.
version: 1
entities:
  # Who can sign in.
  User:
    fields:
      id: uuid! primary = gen_uuid()
      # Never shown.
      email: string(120)! unique # the form checks it
      role: enum(admin, user)! = user
      title: string! = 'two words' was:heading,head
      code: text! = 'now()'
      at: timestamp! = now() onUpdate:now()
      friend: User? setNull indexed deferred
      tags: Tag[] through:user_tags
      active: boolean! = true
      price: decimal(10, 2)? = 1.50
      day: date! = (current_date + 1)
      phone:
        type: string(20)?
        # Only staff sees it.
        sensitive: true
        doc: Phone as typed
`

describe('formatting', () => {
  it('expands every field, with its comments', () => expect(expandEntities(short)).toMatchSnapshot())
  it('compacts back to the same text', () => {
    expect(compactEntities(expandEntities(short))).toBe(short)
    expect(compactEntities(short)).toBe(short)
  })
  it('keeps what is formatted as it is', () => expect(formatEntityFile(short, { form: 'keep' })).toBe(short))
  it('normalises indentation and keeps several documents', () => {
    expect(
      formatEntityFile('entities:\n    A:\n        fields: {id: uuid!}\n---\n# two\nentities:\n  B:\n    fields:\n        id: uuid!\n', {
        form: 'keep',
      }),
    ).toBe('entities:\n  A:\n    fields: { id: uuid! }\n---\n# two\nentities:\n  B:\n    fields:\n      id: uuid!\n')
  })
  it('refuses what is not YAML', () => {
    try {
      formatEntityFile('a: "x', { form: 'keep', file: 'schema/a.yaml' })
      expect.unreachable()
    } catch (error) {
      expect(YamaError.is(error) && error.position).toEqual({ file: 'schema/a.yaml', line: 1, column: 4 })
    }
  })
})
