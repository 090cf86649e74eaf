-- description: orders, and no more fax numbers
-- ticket: SHOP-7

-- +migrate Up
CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers (id)
);
DROP VIEW contacts;
-- nobody has sent one since 2019
ALTER TABLE customers DROP COLUMN fax;

-- +migrate Down
ALTER TABLE customers ADD COLUMN fax TEXT;
CREATE VIEW contacts AS SELECT email, fax FROM customers;
DROP TABLE orders;
