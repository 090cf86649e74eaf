import { expect, it } from 'vitest'
import { loadText } from './load-text.ts'

const entities = (query: string): string => `
entities:
  Post: { schema: blog, table: posts, fields: { id: uuid! primary } }
views:
  shown:
    schema: blog
    query: ${JSON.stringify(query)}
  all_shown: { query: "select id from blog.shown", dependsOn: [shown] }
`
const queryOf = async (query: string, kind: 'sqlite' | 'postgres', view = 'shown'): Promise<unknown> => {
  const { facts } = await loadText(entities(query), kind)
  const fact = facts.find(({ kind: each, name }) => each === 'view' && name === view)
  return (fact?.payload as { readonly query: string } | undefined)?.query
}

it.each([
  ['select id from blog.posts', 'select id from posts'],
  ['select blog.posts.id from "blog"."posts"', 'select posts.id from "posts"'],
  ['select id from BLOG . Posts p where p.blog is null', 'select id from Posts p where p.blog is null'],
  [
    "select 'blog.posts' as a /* blog.posts */ from blog.posts -- blog.posts",
    "select 'blog.posts' as a /* blog.posts */ from posts -- blog.posts",
  ],
  // Nothing of these files: a column of that name, a table of another database, the same words further down a path.
  ['select blog.title from other.posts blog', 'select blog.title from other.posts blog'],
  ['select x.blog.posts from x', 'select x.blog.posts from x'],
  ['select blog.posts_old.id from blog.posts_old', 'select blog.posts_old.id from blog.posts_old'],
])('where there are no namespaces, %s reads %s', async (query, expected) => {
  expect(await queryOf(query, 'sqlite')).toBe(expected)
  expect(await queryOf(query, 'postgres')).toBe(query)
})

it('views of these files stand alone too', async () => {
  expect(await queryOf('select id from blog.posts', 'sqlite', 'all_shown')).toBe('select id from shown')
})
