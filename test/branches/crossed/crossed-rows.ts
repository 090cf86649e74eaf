/** The rows that the branches of every database start from. */
export const crossedRows: readonly string[] = [
  "INSERT INTO p (id, code, n) VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)",
  "INSERT INTO t (id, p_id, name, score) VALUES (1, 1, 'one', 5), (2, 2, NULL, 0), (3, NULL, 'three', 50)",
  "INSERT INTO log (note, n) VALUES ('first', 1)",
  'INSERT INTO bag (a) VALUES (1), (2)',
]
