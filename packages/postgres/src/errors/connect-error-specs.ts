import type { ErrorSpec } from '@yama/core'

export const connectErrorSpecs = {
  YAMA_POSTGRES_DRIVER_MISSING: {
    message: 'The driver {driver} cannot be loaded: {reason}. Nothing was connected.',
    hint: 'Run `npm install {driver}` in the project, then try again.',
    explain:
      'Yama loads a database driver only when it connects, and leaves it to the project which drivers are installed: `pg` for PostgreSQL servers, `@electric-sql/pglite` for the embedded PostgreSQL.',
    exit: 78,
  },
  YAMA_CONNECT_POSTGRES_URL: {
    message: 'The PostgreSQL URL {url} is not understood: {reason}.',
    hint: 'Use `postgres://user:password@host:5432/database` (characters such as @ # / : in a password are written %40 %23 %2F %3A), or `pglite:./directory`, `pglite:memory`.',
    explain:
      'The URL is read as libpq reads it. A special character in a password that is not percent-encoded splits the URL at the wrong place.',
    exit: 78,
  },
  YAMA_CONNECT_REFUSED: {
    message: 'No PostgreSQL server answers at {host}: connection refused.',
    hint: 'Start the server, or correct host and port in the URL.',
    explain:
      'The machine was reached and nothing listens on the port, or the socket does not exist. The server is not running, listens elsewhere, or a firewall rejects the connection.',
    exit: 69,
  },
  YAMA_CONNECT_HOST_UNKNOWN: {
    message: 'The host {host} of the database is not known.',
    hint: 'Correct the host name in the URL, or check DNS and VPN.',
    explain: 'The name could not be resolved to an address.',
    exit: 69,
  },
  YAMA_CONNECT_TIMEOUT: {
    message: 'The PostgreSQL server at {host} did not answer within {seconds} s.',
    hint: 'Check network, firewall and security groups, or raise `?connect_timeout=` in the URL.',
    explain:
      'No connection was made in time. A firewall which drops packets looks like this, and so does a server that is out of connections.',
    exit: 69,
  },
  YAMA_CONNECT_AUTHENTICATION: {
    message: 'The PostgreSQL server at {host} does not let user {user} into database {database}: {reason}.',
    hint: 'Check user and password of the URL, and pg_hba.conf of the server.',
    explain: 'The server was reached and refused the login. Yama never prints the password.',
    exit: 77,
  },
  YAMA_CONNECT_DATABASE_MISSING: {
    message: 'The database {database} does not exist on {host}.',
    hint: 'Create it with `createdb -h {hostname} -p {port} -U {user} {database}`, or correct the URL.',
    explain: 'The server accepted the login and has no database of this name. Yama does not create databases by itself.',
    exit: 69,
  },
  YAMA_CONNECT_TLS: {
    message: 'No encrypted connection to {host} could be made: {reason}.',
    hint: 'Say what is wanted with `?sslmode=disable`, `require`, `verify-ca` or `verify-full`, and give the certificate of the authority with `&sslrootcert=FILE`.',
    explain: 'Client and server do not agree on encryption, or the certificate of the server could not be verified.',
    exit: 69,
  },
  YAMA_CONNECT_LIMIT: {
    message: 'The PostgreSQL server at {host} takes no more connections: {reason}.',
    hint: 'Wait, close idle connections, or raise max_connections.',
    explain: 'All connection slots of the server, of the role or of the database are in use.',
    exit: 69,
  },
  YAMA_CONNECT_STARTING: {
    message: 'The PostgreSQL server at {host} does not take connections now: {reason}.',
    hint: 'Try again in a moment.',
    explain: 'The server is starting, stopping or recovering.',
    exit: 69,
  },
  YAMA_CONNECT_FAILED: {
    message: 'The connection to {host} could not be made: {reason}.',
    hint: 'Check the URL with `psql`.',
    explain: 'The driver or the server refused the connection for a reason that has no code of its own.',
    exit: 69,
  },
  YAMA_CONNECT_DIRECTORY_IN_USE: {
    message: 'The PGlite directory {directory} is open in process {pid}. Nothing was touched.',
    hint: 'End that process first; if it is gone for certain, remove {file}.',
    explain: 'An embedded database has one process. Two that write to the same directory destroy it, so the second one is refused.',
    exit: 69,
  },
  YAMA_CONNECT_DIRECTORY: {
    message: 'The PGlite directory {directory} cannot be opened: {reason}.',
    hint: 'Check the path, that it may be written, and that this major version of PGlite made it; give one that does not exist to make a database.',
    explain: 'PGlite keeps a database cluster of one PostgreSQL major version in a directory. It cannot read one of another major version.',
    exit: 69,
  },
} as const satisfies Record<string, ErrorSpec>
