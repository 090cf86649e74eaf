import type { ManualEdit } from './manual-edit.ts'

export const postgresSchema = `
create type mood as enum ('sad', 'ok');
create table users (id int primary key, email text not null default 'none', age int, feeling mood, constraint age_ok check (age > 0));
create table posts (id int primary key, author_id int references users (id), title text, body text);
create index posts_title on posts (title);
create view adults as select id, email from users where age > 17;
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger posts_touch before insert on posts for each row execute function touch();
`

export const postgresEdits: readonly ManualEdit[] = [
  { sql: ['alter table posts add column extra text'], found: ['+ column public.posts.extra'], adopted: true },
  { sql: ['alter table posts drop column body'], found: ['- column public.posts.body'] },
  { sql: ['alter table posts alter column title type varchar(80)'], found: ['~ column public.posts.title'] },
  { sql: ['alter table users alter column email drop not null'], found: ['~ column public.users.email'], adopted: true },
  { sql: ["alter table users alter column email set default 'who'"], found: ['~ column public.users.email'] },
  { sql: ['alter table users alter column email drop default'], found: ['~ column public.users.email'] },
  { sql: ['alter table posts add constraint short check (length(body) < 9)'], found: ['+ constraint public.posts.short'], adopted: true },
  { sql: ['alter table users drop constraint age_ok'], found: ['- constraint public.users.age_ok'] },
  { sql: ['alter table posts drop constraint posts_author_id_fkey'], found: ['- constraint public.posts.posts_author_id_fkey'] },
  { sql: ['create index posts_body on posts (body)'], found: ['+ index public.posts.posts_body'], adopted: true },
  { sql: ['drop index posts_title'], found: ['- index public.posts.posts_title'] },
  { sql: ['drop index posts_title', 'create unique index posts_title on posts (title)'], found: ['~ index public.posts.posts_title'] },
  { sql: ['create table tags (name text primary key)'], found: ['+ table public.tags'], adopted: true },
  { sql: ['drop table posts'], found: ['- table public.posts'] },
  { sql: ['create or replace view adults as select id, email from users where age > 20'], found: ['~ view public.adults'] },
  { sql: ['drop view adults'], found: ['- view public.adults'] },
  { sql: ['drop trigger posts_touch on posts'], found: ['- trigger public.posts.posts_touch'], adopted: true },
  { sql: ['alter table posts disable trigger posts_touch'], found: ['~ trigger public.posts.posts_touch'] },
  { sql: ["comment on column users.email is 'where mail goes'"], found: ['~ column public.users.email'] },
  { sql: ["alter type mood add value 'happy'"], found: ['~ enum public.mood'] },
  {
    sql: ['create or replace function touch() returns trigger language plpgsql as $$ begin return null; end $$'],
    found: ['~ function public.touch()'],
  },
  { sql: ["create function one() returns int language sql as 'select 1'"], found: ['+ function public.one()'] },
  { sql: ['grant select on users to public'], found: ['+ grant public.users.PUBLIC'] },
  { sql: ['create sequence numbers'], found: ['+ sequence public.numbers'] },
  {
    sql: ['alter table posts enable row level security', 'create policy own on posts using (author_id = 1)'],
    found: ['~ table public.posts', '+ policy public.posts.own'],
  },
]
