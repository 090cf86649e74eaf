import type { ManualEdit } from './manual-edit.ts'

export const sqliteSchema = `
create table users (id integer primary key, email text not null default 'none', age integer, constraint age_ok check (age > 0));
create table posts (id integer primary key, author_id integer references users (id), title text default 'x', body text);
create index posts_title on posts (title);
create view adults as select id, email from users where age > 17;
create trigger posts_touch after insert on posts begin update users set age = age where id = new.author_id; end;
`

/** SQLite changes what stands in CREATE TABLE only by making the table anew. */
const rebuilt = (columns: string): readonly string[] => [
  'pragma foreign_keys = off',
  'drop trigger posts_touch',
  `create table posts_new (${columns})`,
  'insert into posts_new select * from posts',
  'drop table posts',
  'alter table posts_new rename to posts',
  'create index posts_title on posts (title)',
  'create trigger posts_touch after insert on posts begin update users set age = age where id = new.author_id; end',
]

export const sqliteEdits: readonly ManualEdit[] = [
  { sql: ['alter table posts add column extra text'], found: ['+ column posts.extra'], adopted: true },
  { sql: ['alter table posts drop column body'], found: ['- column posts.body'] },
  {
    sql: rebuilt("id integer primary key, author_id integer references users (id), title text default 'y', body text"),
    found: ['~ column posts.title'],
  },
  {
    sql: rebuilt("id integer primary key, author_id integer references users (id), title text not null default 'x', body text"),
    found: ['~ column posts.title'],
  },
  {
    sql: rebuilt(
      "id integer primary key, author_id integer references users (id), title text default 'x', body text, constraint short check (length(body) < 9)",
    ),
    found: ['+ constraint posts.short'],
  },
  {
    sql: rebuilt("id integer primary key, author_id integer, title text default 'x', body text"),
    found: ['- constraint posts.foreign_author_id'],
  },
  { sql: ['create index posts_body on posts (body)'], found: ['+ index posts.posts_body'], adopted: true },
  { sql: ['drop index posts_title'], found: ['- index posts.posts_title'] },
  { sql: ['drop index posts_title', 'create index posts_title on posts (title, body)'], found: ['~ index posts.posts_title'] },
  { sql: ['create table tags (name text primary key)'], found: ['+ table tags'], adopted: true },
  { sql: ['drop table posts'], found: ['- table posts'] },
  { sql: ['create view titles as select title from posts'], found: ['+ view titles'] },
  { sql: ['drop view adults'], found: ['- view adults'], adopted: true },
  { sql: ['drop view adults', 'create view adults as select id, email from users where age > 20'], found: ['~ view adults'] },
  {
    sql: ['create trigger users_gone after delete on users begin delete from posts where author_id = old.id; end'],
    found: ['+ trigger users.users_gone'],
  },
  { sql: ['drop trigger posts_touch'], found: ['- trigger posts.posts_touch'] },
]
