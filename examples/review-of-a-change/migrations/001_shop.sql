-- +migrate Up
CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL,
  fax TEXT
);
CREATE VIEW contacts AS SELECT email, fax FROM customers;

-- +migrate Down
DROP VIEW contacts;
DROP TABLE customers;
