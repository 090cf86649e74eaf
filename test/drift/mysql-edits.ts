import type { ManualEdit } from './manual-edit.ts'

export const mysqlSchema = `
create table users (id int primary key, email varchar(80) not null default 'none', age int, feeling enum('sad', 'ok'), constraint age_ok check (age > 0));
create table posts (id int primary key, author_id int, title varchar(80), body varchar(200), constraint posts_author foreign key (author_id) references users (id));
create index posts_title on posts (title);
create view adults as select id, email from users where age > 17;
create trigger posts_touch before insert on posts for each row set new.title = trim(new.title);
`

export const mysqlEdits: readonly ManualEdit[] = [
  { sql: ['alter table posts add column extra int'], found: ['+ column posts.extra'], adopted: true },
  { sql: ['alter table posts drop column body'], found: ['- column posts.body'] },
  { sql: ['alter table posts modify column title varchar(90)'], found: ['~ column posts.title'] },
  { sql: ["alter table users modify column email varchar(80) default 'none'"], found: ['~ column users.email'], adopted: true },
  { sql: ["alter table users alter column email set default 'who'"], found: ['~ column users.email'] },
  { sql: ["alter table users modify column feeling enum('sad', 'ok', 'happy')"], found: ['~ column users.feeling'] },
  { sql: ['alter table posts add constraint short check (length(body) < 9)'], found: ['+ constraint posts.short'], adopted: true },
  { sql: ['alter table users drop constraint age_ok'], found: ['- constraint users.age_ok'] },
  { sql: ['create index posts_body on posts (body)'], found: ['+ index posts.posts_body'], adopted: true },
  { sql: ['drop index posts_title on posts'], found: ['- index posts.posts_title'] },
  { sql: ['create table tags (name varchar(20) primary key)'], found: ['+ table tags'], adopted: true },
  { sql: ['drop table posts'], found: ['- table posts'] },
  { sql: ['create or replace view adults as select id, email from users where age > 20'], found: ['~ view adults'] },
  { sql: ['drop view adults'], found: ['- view adults'] },
  { sql: ['drop trigger posts_touch'], found: ['- trigger posts.posts_touch'], adopted: true },
  { sql: ["alter table users comment = 'people'"], found: ['~ table users'] },
]
