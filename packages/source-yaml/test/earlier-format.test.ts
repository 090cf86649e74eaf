import { describe, expect, it } from 'vitest'
import { bare, loadText } from './load-text.ts'

const blog = `compat: yamajs
project: { name: blog, version: 1.0.0 }
plugins: [postgres]
apis: {}
schemas:
  Author: { database: authors, fields: { id: uuid!, name: string!, email: string! unique, bio: text?, createdAt: timestamp = now } }
  Post:
    database: { table: posts, indexes: [ { fields: [authorId, published], name: by_author, type: btree } ] }
    fields:
      id: uuid! generated
      title: string(3..30)! indexed
      published: boolean = false
      kind: enum[draft, live] = draft
      price: decimal(10, 2)!
      amount: "money(usd, min: 0)"
      updated: timestamp readonly = now() autoUpdate
      authorId: uuid!
      tags: Tag[] through:post_tags
    relations:
      author: { type: belongsTo, target: Author, foreignKey: authorId, onDelete: cascade }
      comments: { type: hasMany, target: Comment, foreignKey: postId }
    softDelete: true
  Tag: { database: tags, fields: { id: int! generated, label: "string(50)! unique" } }
  Answer: { fields: { ok: boolean! } }
`

describe('the earlier format', () => {
  it('reads inline and expanded entities, and says what has no effect', async () => {
    const { facts, diagnostics } = await loadText(blog)
    expect(bare(facts).map((fact) => JSON.stringify(fact))).toMatchSnapshot('facts')
    expect(diagnostics.map((each) => `${each.severity} ${each.position?.line}:${each.position?.column} ${each.message}`)).toMatchSnapshot(
      'diagnostics',
    )
  })
  it('points to the place in the file as written', async () => {
    const error: unknown = await loadText(blog.replace('price: decimal(10, 2)!', 'price: decimol!')).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).toMatchObject({ data: [{ code: 'YAMA_ENTITY_TYPE_UNKNOWN', position: { line: 14, column: 14 } }] })
  })
  it('reads fields directly below an entity', async () => {
    const { facts } = await loadText(
      'compat: yamajs\nentities:\n  Todo:\n    table: todos\n    id: { type: uuid, primary: true, generated: true }\n    title: { type: string, required: true, maxLength: 500, minLength: 1 }\n    email: email!\n',
    )
    expect(facts.map((fact) => fact.id)).toEqual([
      'table:public.todos',
      'column:public.todos.id',
      'column:public.todos.title',
      'column:public.todos.email',
      'constraint:public.todos.todos_pkey',
    ])
  })
})
