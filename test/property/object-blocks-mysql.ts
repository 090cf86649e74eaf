import type { ObjectBlock } from './object-block.ts'

/** Every kind of object that the model of MySQL and MariaDB has. */
export const mysqlBlocks = (kind: 'mysql' | 'mariadb'): readonly ObjectBlock[] => {
  const only = (own: 'mysql' | 'mariadb', ...sql: readonly string[]): readonly string[] => (own === kind ? sql : [])
  return [
    {
      name: 'numbers',
      versions: ['', ...only('mariadb', 'CREATE SEQUENCE numbers;', 'CREATE SEQUENCE numbers START 10 INCREMENT 5 MAXVALUE 1000 CYCLE;')],
    },
    {
      name: 'item',
      versions: [
        'CREATE TABLE item (id int AUTO_INCREMENT PRIMARY KEY, note varchar(80), amount int, made datetime DEFAULT CURRENT_TIMESTAMP);',
        "CREATE TABLE item (id bigint AUTO_INCREMENT PRIMARY KEY, note varchar(200) NOT NULL DEFAULT 'new' COMMENT 'in words', amount bigint, made datetime NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP) COMMENT = 'things' ROW_FORMAT = DYNAMIC;",
        'CREATE TABLE item (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, note varchar(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, amount decimal(24, 2), made datetime(3), doubled decimal(26, 2) AS (amount * 2) STORED) CHARACTER SET latin1;',
        "CREATE TABLE item (id bigint AUTO_INCREMENT PRIMARY KEY, note text, amount decimal(24, 4), made timestamp NULL, kind enum('a', 'b', 'c') NOT NULL DEFAULT 'a', marks set('x', 'y'), half int AS (amount % 2) VIRTUAL, meta json, flags bit(8) DEFAULT b'101');",
        "CREATE TABLE item (id bigint AUTO_INCREMENT PRIMARY KEY, note varchar(80), amount double, made date, kind enum('a', 'b', 'c', 'd'), hidden int INVISIBLE DEFAULT 7, year year, raw varbinary(40), place point);",
      ],
    },
    {
      name: 'indexes',
      versions: [
        '',
        'ALTER TABLE item ADD KEY item_amount (amount);',
        'ALTER TABLE item ADD KEY item_amount (amount DESC, id);',
        'ALTER TABLE item ADD UNIQUE KEY item_once (amount, made);',
        "ALTER TABLE item ADD KEY item_note (note(20)) COMMENT 'by note';",
        'ALTER TABLE item ADD FULLTEXT KEY item_words (note);',
        ...only(
          'mysql',
          'ALTER TABLE item ADD KEY item_lower ((cast(left(lower(note), 40) AS char(40))));',
          'ALTER TABLE item ADD KEY item_amount (amount) INVISIBLE;',
        ),
        ...only('mariadb', 'ALTER TABLE item ADD KEY item_amount (amount) IGNORED;'),
      ],
    },
    {
      name: 'checks',
      versions: [
        '',
        'ALTER TABLE item ADD CONSTRAINT some CHECK (amount >= 0);',
        "ALTER TABLE item ADD CONSTRAINT some CHECK (amount > -1 or note is null), ADD CONSTRAINT more CHECK (made > '1990-01-01');",
        ...only('mysql', 'ALTER TABLE item ADD CONSTRAINT some CHECK (amount >= 0) NOT ENFORCED;'),
      ],
    },
    {
      name: 'owner',
      versions: [
        'CREATE TABLE owner (id int PRIMARY KEY, name varchar(50));',
        'CREATE TABLE owner (id int PRIMARY KEY, name varchar(80) NOT NULL, UNIQUE KEY owner_name (name));',
        'CREATE TABLE owner (id int, name varchar(50), PRIMARY KEY (id), KEY owner_name (name, id));',
      ],
    },
    {
      name: 'part',
      versions: [
        '',
        'CREATE TABLE part (id int PRIMARY KEY, owner_id int, CONSTRAINT part_owner FOREIGN KEY (owner_id) REFERENCES owner (id));',
        'CREATE TABLE part (id int PRIMARY KEY, owner_id int, CONSTRAINT part_owner FOREIGN KEY (owner_id) REFERENCES owner (id) ON DELETE CASCADE ON UPDATE CASCADE);',
        'CREATE TABLE part (id int, kind varchar(10), owner_id int, up int, PRIMARY KEY (id, kind), UNIQUE KEY alone (id), KEY own (owner_id), KEY below (up), CONSTRAINT part_owner FOREIGN KEY (owner_id) REFERENCES owner (id) ON DELETE SET NULL, CONSTRAINT part_up FOREIGN KEY (up) REFERENCES part (id));',
      ],
    },
    {
      name: 'log',
      versions: [
        'CREATE TABLE log (what varchar(200));',
        "CREATE TABLE log (what text, at datetime DEFAULT CURRENT_TIMESTAMP) ENGINE = InnoDB COMMENT = 'what happened';",
      ],
    },
    {
      name: 'reading',
      versions: [
        '',
        'CREATE TABLE reading (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (year(at)) (PARTITION a VALUES LESS THAN (2026), PARTITION b VALUES LESS THAN MAXVALUE);',
        'CREATE TABLE reading (id int, at date, kind varchar(10), PRIMARY KEY (id, at)) PARTITION BY RANGE (year(at)) (PARTITION a VALUES LESS THAN (2025), PARTITION b VALUES LESS THAN (2027), PARTITION c VALUES LESS THAN MAXVALUE);',
        'CREATE TABLE reading (id int, at date, PRIMARY KEY (id, at)) PARTITION BY HASH (id) PARTITIONS 4;',
        'CREATE TABLE reading (id int, at date, PRIMARY KEY (id, at));',
      ],
    },
    {
      name: 'versioned',
      versions: [
        '',
        ...only(
          'mariadb',
          'CREATE TABLE versioned (id int PRIMARY KEY, note text) WITH SYSTEM VERSIONING;',
          'CREATE TABLE versioned (id int PRIMARY KEY, note text, amount int WITHOUT SYSTEM VERSIONING) WITH SYSTEM VERSIONING;',
          'CREATE TABLE versioned (id int PRIMARY KEY, note text);',
        ),
      ],
    },
    {
      name: 'numbered',
      needs: kind === 'mariadb' ? ['numbers'] : [],
      versions: ['', ...only('mariadb', 'CREATE TABLE numbered (id bigint DEFAULT nextval(numbers) PRIMARY KEY);')],
    },
    {
      name: 'items',
      versions: [
        '',
        'CREATE VIEW items AS SELECT id, note FROM item;',
        'CREATE VIEW items AS SELECT id, note, amount FROM item WHERE amount > 0 WITH CASCADED CHECK OPTION;',
        'CREATE ALGORITHM = MERGE SQL SECURITY INVOKER VIEW items (number, words) AS SELECT id, note FROM item;',
      ],
    },
    {
      name: 'over',
      needs: ['items'],
      versions: ['', 'CREATE VIEW over_items AS SELECT count(*) AS n FROM items;', 'CREATE VIEW over_items AS SELECT * FROM items;'],
    },
    {
      name: 'triggers',
      versions: [
        '',
        'CREATE TRIGGER item_in BEFORE INSERT ON item FOR EACH ROW SET NEW.amount = coalesce(NEW.amount, 1);',
        "CREATE TRIGGER item_in AFTER INSERT ON item FOR EACH ROW BEGIN INSERT INTO log (what) VALUES ('in'); END;",
        'CREATE TRIGGER item_in BEFORE INSERT ON item FOR EACH ROW SET NEW.amount = 2;\nCREATE TRIGGER item_next BEFORE INSERT ON item FOR EACH ROW FOLLOWS item_in SET NEW.amount = NEW.amount + 1;',
        "CREATE TRIGGER item_out AFTER DELETE ON item FOR EACH ROW INSERT INTO log (what) VALUES (concat('out ', OLD.id));",
      ],
    },
    {
      name: 'function',
      versions: [
        '',
        'CREATE FUNCTION add_up(a int, b int) RETURNS int DETERMINISTIC RETURN a + b;',
        "CREATE FUNCTION add_up(a int, b int) RETURNS bigint DETERMINISTIC NO SQL COMMENT 'sums' BEGIN DECLARE c bigint; SET c = a + b; RETURN c; END;",
      ],
    },
    {
      name: 'procedure',
      versions: [
        '',
        'CREATE PROCEDURE tidy(IN days int) DELETE FROM log WHERE days < 0;',
        "CREATE PROCEDURE tidy(IN days int, OUT gone int) MODIFIES SQL DATA SQL SECURITY INVOKER BEGIN DELETE FROM log WHERE what = 'x'; SET gone = row_count(); END;",
      ],
    },
    {
      name: 'event',
      versions: [
        '',
        "CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2037-01-01 02:00:00' DO DELETE FROM log WHERE what = 'old';",
        "CREATE EVENT nightly ON SCHEDULE EVERY 2 HOUR STARTS '2037-01-01 02:00:00' ON COMPLETION PRESERVE DISABLE COMMENT 'seldom' DO DELETE FROM log WHERE what = 'old';",
      ],
    },
  ]
}
