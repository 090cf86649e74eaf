import type { BranchCase } from '../branch-case.ts'
import { base, dropAge, mood, viewed } from './fixtures.ts'

export const nameCases: readonly BranchCase[] = [
  // Schemas and names
  {
    name: 'a schema renamed, a table of it changed by the old name',
    base: { postgres: ['CREATE SCHEMA app', 'CREATE TABLE app.users (id int)'] },
    a: { postgres: ['ALTER SCHEMA app RENAME TO core'] },
    b: { postgres: ['ALTER TABLE app.users ADD COLUMN email varchar(50)'] },
    expect: 'conflict',
  },
  {
    name: 'a schema renamed, rows of a table of it changed by the old name',
    base: { postgres: ['CREATE SCHEMA app', 'CREATE TABLE app.users (id int)'] },
    a: { postgres: ['ALTER SCHEMA app RENAME TO core'] },
    b: { postgres: ['DELETE FROM app.users'] },
    expect: 'conflict',
  },
  {
    name: 'a view over a view made, a column below both dropped',
    base: { mysql: viewed },
    a: { mysql: ['CREATE VIEW names AS SELECT email FROM adults'] },
    b: { mysql: dropAge },
    expect: 'conflict',
  },
  {
    name: 'a view over a view made, a column below both renamed',
    base: { mysql: viewed },
    a: { mysql: ['CREATE VIEW names AS SELECT email FROM adults'] },
    b: { mysql: ['ALTER TABLE users RENAME COLUMN age TO years'] },
    expect: 'conflict',
  },
  {
    name: 'a view over a view made, the table below both dropped',
    base: { mysql: viewed },
    a: { mysql: ['CREATE VIEW names AS SELECT email FROM adults'] },
    b: { mysql: ['DROP TABLE users'] },
    expect: 'conflict',
  },
  {
    name: 'a view over a view made, a column below both renamed, which both follow',
    base: { postgres: viewed, sqlite: viewed },
    a: ['CREATE VIEW names AS SELECT email FROM adults'],
    b: ['ALTER TABLE users RENAME COLUMN age TO years'],
    expect: 'commute',
  },
  {
    name: 'a column of an enum written, a value renamed',
    base: { postgres: [...base, mood, 'ALTER TABLE users ADD COLUMN mood mood'] },
    a: { postgres: ["UPDATE users SET mood = 'sad'"] },
    b: { postgres: ["ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'"] },
    expect: 'conflict',
  },
  {
    name: 'a default of an enum by a cast, a value renamed',
    base: { postgres: [...base, mood, 'ALTER TABLE users ADD COLUMN mood mood'] },
    a: { postgres: ["ALTER TABLE users ALTER COLUMN mood SET DEFAULT 'sad'::mood"] },
    b: { postgres: ["ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'"] },
    expect: 'conflict',
  },
  {
    name: 'rows chosen by a column that the other branch writes',
    base,
    a: ['UPDATE users SET email = NULL WHERE age > 10'],
    b: ['UPDATE users SET age = 5'],
    expect: 'conflict',
  },
  { name: 'rows removed by a column that is dropped', base, a: ['DELETE FROM users WHERE age > 30'], b: dropAge, expect: 'conflict' },
  {
    name: 'rows removed by a column that is renamed',
    base,
    a: ['DELETE FROM users WHERE age > 30'],
    b: ['ALTER TABLE users RENAME COLUMN age TO years'],
    expect: 'conflict',
  },
  {
    name: 'rows put or changed by a column that is dropped',
    base: { postgres: base, sqlite: base },
    a: {
      postgres: ["INSERT INTO users (id, email) VALUES (1, 'z') ON CONFLICT (id) DO UPDATE SET email = 'z' WHERE users.age > 10"],
      sqlite: ["INSERT INTO users (id, email) VALUES (1, 'z') ON CONFLICT (id) DO UPDATE SET email = 'z' WHERE users.age > 10"],
    },
    b: dropAge,
    expect: 'conflict',
  },
  // Enums
  {
    name: 'two values at the end of one enum',
    base: { postgres: [...base, mood] },
    a: { postgres: ["ALTER TYPE mood ADD VALUE 'calm'"] },
    b: { postgres: ["ALTER TYPE mood ADD VALUE 'angry'"] },
    expect: 'conflict',
  },
  {
    name: 'a value added, another renamed',
    base: { postgres: [...base, mood] },
    a: { postgres: ["ALTER TYPE mood ADD VALUE 'calm' AFTER 'sad'"] },
    b: { postgres: ["ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'"] },
    expect: 'conflict',
  },
  {
    name: 'a value added, the enum dropped',
    base: { postgres: [...base, mood] },
    a: { postgres: ["ALTER TYPE mood ADD VALUE 'calm'"] },
    b: { postgres: ['DROP TYPE mood'] },
    expect: 'conflict',
  },
  {
    name: 'a column of an enum added, a value renamed that its default names',
    base: { postgres: [...base, mood] },
    a: { postgres: ["ALTER TABLE users ADD COLUMN mood mood DEFAULT 'sad'"] },
    b: { postgres: ["ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'"] },
    expect: 'conflict',
  },
  {
    name: 'two lists of values for one enum column',
    base: { mysql: [...base, "ALTER TABLE users ADD COLUMN mood enum('ok','sad')"] },
    a: { mysql: ["ALTER TABLE users MODIFY mood enum('ok','sad','calm')"] },
    b: { mysql: ["ALTER TABLE users MODIFY mood enum('ok','sad','angry')"] },
    expect: 'conflict',
  },
]
