/** `CREATE …` → `CREATE OR REPLACE …`, which MariaDB knows for routines and triggers. */
export const orReplace = (definition: string): string =>
  /^\s*CREATE\s+OR\s+REPLACE\b/i.test(definition) ? definition : definition.replace(/^\s*CREATE\b/i, 'CREATE OR REPLACE')
