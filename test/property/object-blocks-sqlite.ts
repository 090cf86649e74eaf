import type { ObjectBlock } from './object-block.ts'

/** Every kind of object that SQLite's model has. */
export const sqliteBlocks: readonly ObjectBlock[] = [
  {
    name: 'item',
    versions: [
      'CREATE TABLE item (id INTEGER PRIMARY KEY, note TEXT, amount INTEGER);',
      "CREATE TABLE item (id INTEGER PRIMARY KEY AUTOINCREMENT, note TEXT NOT NULL DEFAULT 'new' COLLATE NOCASE, amount INTEGER CHECK (amount > -9));",
      'CREATE TABLE item (id INTEGER PRIMARY KEY, note TEXT, amount INTEGER, doubled INTEGER AS (amount * 2) STORED, half REAL AS (amount / 2.0)) STRICT;',
      "CREATE TABLE item (id INTEGER PRIMARY KEY, note TEXT UNIQUE ON CONFLICT IGNORE, amount INTEGER DEFAULT (1 + 2), made TEXT DEFAULT CURRENT_TIMESTAMP, CONSTRAINT some CHECK (note <> 'x'));",
    ],
  },
  {
    name: 'keyed',
    versions: [
      '',
      'CREATE TABLE keyed (code TEXT NOT NULL PRIMARY KEY, text TEXT) WITHOUT ROWID;',
      'CREATE TABLE keyed (code TEXT NOT NULL, part INTEGER NOT NULL, text TEXT, PRIMARY KEY (code, part DESC)) WITHOUT ROWID;',
      'CREATE TABLE keyed (code TEXT NOT NULL PRIMARY KEY, text TEXT, more BLOB);',
    ],
  },
  {
    name: 'part',
    versions: [
      '',
      'CREATE TABLE part (id INTEGER PRIMARY KEY, item_id INTEGER REFERENCES item (id));',
      'CREATE TABLE part (id INTEGER PRIMARY KEY, item_id INTEGER REFERENCES item (id) ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED, up INTEGER REFERENCES part (id));',
      'CREATE TABLE part (id INTEGER PRIMARY KEY, item_id INTEGER, kind TEXT, CONSTRAINT of_item FOREIGN KEY (item_id) REFERENCES item ON DELETE SET DEFAULT, UNIQUE (item_id, kind));',
    ],
  },
  {
    name: 'log',
    versions: ['CREATE TABLE log (what TEXT);', "CREATE TABLE log (what TEXT NOT NULL DEFAULT '', at TEXT DEFAULT CURRENT_DATE);"],
  },
  {
    name: 'indexes',
    versions: [
      '',
      'CREATE INDEX item_note ON item (note);',
      "CREATE UNIQUE INDEX item_note ON item (lower(note), id) WHERE note <> '';",
      'CREATE INDEX item_note ON item (note COLLATE NOCASE DESC, amount);',
      'CREATE INDEX item_note ON item (amount) WHERE amount IS NOT NULL; CREATE INDEX log_what ON log (what);',
    ],
  },
  {
    name: 'items',
    versions: [
      '',
      'CREATE VIEW items AS SELECT id, note FROM item;',
      'CREATE VIEW items (number, words) AS SELECT id, note FROM item WHERE amount > 0;',
      'CREATE VIEW items AS SELECT * FROM item;',
    ],
  },
  {
    name: 'over',
    needs: ['items'],
    versions: [
      '',
      'CREATE VIEW over_items AS SELECT count(*) AS n FROM items;',
      'CREATE VIEW over_items AS SELECT n FROM (SELECT 1 AS n FROM items);',
    ],
  },
  {
    name: 'into',
    needs: ['items'],
    versions: ['', "CREATE TRIGGER items_in INSTEAD OF INSERT ON items BEGIN INSERT INTO log (what) VALUES ('in'); END;"],
  },
  {
    name: 'triggers',
    versions: [
      '',
      'CREATE TRIGGER item_in AFTER INSERT ON item BEGIN INSERT INTO log (what) VALUES (NEW.note); END;',
      "CREATE TRIGGER item_in BEFORE UPDATE OF note, amount ON item WHEN NEW.note = 'never' BEGIN SELECT RAISE(ABORT, 'no; never'); END;",
      "CREATE TRIGGER item_in AFTER DELETE ON item BEGIN INSERT INTO log (what) VALUES ('out'); UPDATE log SET what = 'gone' WHERE what = 'nobody'; END; CREATE TRIGGER log_in AFTER INSERT ON log WHEN NEW.what = 'loop' BEGIN DELETE FROM log WHERE what = 'loop'; END;",
    ],
  },
  {
    name: 'words',
    versions: [
      '',
      'CREATE VIRTUAL TABLE words USING fts5(title, body);',
      "CREATE VIRTUAL TABLE words USING fts5(title, body, tokenize = 'porter');",
      "CREATE VIRTUAL TABLE words USING fts5(note, content = 'item', content_rowid = 'id');",
    ],
  },
  {
    name: 'boxes',
    versions: ['', 'CREATE VIRTUAL TABLE boxes USING rtree(id, x0, x1);', 'CREATE VIRTUAL TABLE boxes USING rtree(id, x0, x1, y0, y1);'],
  },
]
