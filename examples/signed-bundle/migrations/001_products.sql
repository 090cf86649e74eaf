-- id: m_products
-- parents: none
-- description: Products with a price in cents
-- +migrate Up
CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT NOT NULL, cents INTEGER NOT NULL);
-- +migrate Down
DROP TABLE products;
