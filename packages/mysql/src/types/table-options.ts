/** An option of a table: as the server prints it, as the model calls it, and what takes it away again. */
export interface TableOption {
  readonly word: string
  readonly name: string
  /** The value that says nothing, in upper case. */
  readonly usual?: string
  /** The value that resets it. */
  readonly reset: string
  /** True where the value is a string literal. */
  readonly text?: true
}

/** Options of both servers in the order in which CREATE TABLE states them. CONNECTION is not here: it may hold a password. */
export const TABLE_OPTIONS: readonly TableOption[] = [
  { word: 'ENGINE', name: 'engine', usual: 'INNODB', reset: 'InnoDB' },
  { word: 'ROW_FORMAT', name: 'rowFormat', reset: 'DEFAULT' },
  { word: 'KEY_BLOCK_SIZE', name: 'keyBlockSize', reset: '0' },
  { word: 'MAX_ROWS', name: 'maxRows', reset: '0' },
  { word: 'MIN_ROWS', name: 'minRows', reset: '0' },
  { word: 'AVG_ROW_LENGTH', name: 'avgRowLength', reset: '0' },
  { word: 'PACK_KEYS', name: 'packKeys', reset: 'DEFAULT' },
  { word: 'CHECKSUM', name: 'checksum', reset: '0' },
  { word: 'PAGE_CHECKSUM', name: 'pageChecksum', usual: '0', reset: '0' },
  { word: 'DELAY_KEY_WRITE', name: 'delayKeyWrite', reset: '0' },
  { word: 'TRANSACTIONAL', name: 'transactional', reset: 'DEFAULT' },
  { word: 'INSERT_METHOD', name: 'insertMethod', reset: 'NO' },
  { word: 'STATS_PERSISTENT', name: 'statsPersistent', reset: 'DEFAULT' },
  { word: 'STATS_AUTO_RECALC', name: 'statsAutoRecalc', reset: 'DEFAULT' },
  { word: 'STATS_SAMPLE_PAGES', name: 'statsSamplePages', reset: 'DEFAULT' },
  { word: 'AUTOEXTEND_SIZE', name: 'autoextendSize', reset: '0' },
  { word: 'SECONDARY_ENGINE_ATTRIBUTE', name: 'secondaryEngineAttribute', reset: "''", text: true },
  { word: 'COMPRESSION', name: 'compression', reset: "''", text: true },
  { word: 'ENCRYPTION', name: 'encryption', usual: 'N', reset: "'N'", text: true },
  { word: 'ENCRYPTED', name: 'encrypted', reset: 'DEFAULT' },
  { word: 'ENCRYPTION_KEY_ID', name: 'encryptionKeyId', reset: 'DEFAULT' },
  { word: 'PAGE_COMPRESSED', name: 'pageCompressed', reset: 'DEFAULT' },
  { word: 'PAGE_COMPRESSION_LEVEL', name: 'pageCompressionLevel', reset: 'DEFAULT' },
]
