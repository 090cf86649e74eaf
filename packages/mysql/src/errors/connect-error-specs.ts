import type { ErrorSpec } from '@yama/core'

export const connectErrorSpecs = {
  YAMA_MYSQL_DRIVER_MISSING: {
    message: 'The driver mysql2 cannot be loaded: {reason}. Nothing was connected.',
    hint: 'Run `npm install mysql2` in the project, then try again.',
    explain:
      'Yama loads a database driver only when it connects, and leaves it to the project which drivers are installed: `mysql2` serves MySQL and MariaDB.',
    exit: 78,
  },
  YAMA_CONNECT_MYSQL_URL: {
    message: 'The MySQL URL {url} is not understood: {reason}.',
    hint: 'Use `mysql://user:password@host:3306/database` or `mariadb://…` (characters such as @ # / : in a password are written %40 %23 %2F %3A); a socket is `?socket=/run/mysqld/mysqld.sock`.',
    explain:
      'The URL names the server, the user and the one database which the migrations belong to. A special character in a password that is not percent-encoded splits the URL at the wrong place.',
    exit: 78,
  },
  YAMA_CONNECT_MYSQL_REFUSED: {
    message: 'No MySQL or MariaDB server answers at {host}: connection refused.',
    hint: 'Start the server, or correct host and port in the URL.',
    explain:
      'The machine was reached and nothing listens on the port, or the socket does not exist. The server is not running, listens elsewhere, or a firewall rejects the connection.',
    exit: 69,
  },
  YAMA_CONNECT_MYSQL_HOST_UNKNOWN: {
    message: 'The host {host} of the database is not known.',
    hint: 'Correct the host name in the URL, or check DNS and VPN.',
    explain: 'The name could not be resolved to an address.',
    exit: 69,
  },
  YAMA_CONNECT_MYSQL_TIMEOUT: {
    message: 'The server at {host} did not answer within {seconds} s.',
    hint: 'Check network, firewall and security groups, or raise `?connect_timeout=` in the URL.',
    explain: 'No connection was made in time. A firewall which drops packets looks like this.',
    exit: 69,
  },
  YAMA_CONNECT_MYSQL_AUTHENTICATION: {
    message: 'The server at {host} does not let user {user} into database {database}: {reason}.',
    hint: 'Check user and password of the URL, and what the server grants: `SHOW GRANTS FOR {user}`.',
    explain:
      'The server was reached and refused the login. An account of MySQL belongs to a host, so that the same user may be let in from one machine and not from another. Yama never prints the password.',
    exit: 77,
  },
  YAMA_CONNECT_MYSQL_DATABASE_MISSING: {
    message: 'The database {database} does not exist on {host}.',
    hint: 'Create it with `CREATE DATABASE {database}`, or correct the URL.',
    explain: 'The server accepted the login and has no database of this name. Yama does not create databases by itself.',
    exit: 69,
  },
  YAMA_CONNECT_MYSQL_TLS: {
    message: 'No encrypted connection to {host} could be made: {reason}.',
    hint: 'Say what is wanted with `?ssl-mode=DISABLED`, `REQUIRED`, `VERIFY_CA` or `VERIFY_IDENTITY`, and give the certificate of the authority with `&ssl-ca=FILE`.',
    explain: 'Client and server do not agree on encryption, or the certificate of the server could not be verified.',
    exit: 69,
  },
  YAMA_CONNECT_MYSQL_LIMIT: {
    message: 'The server at {host} takes no more connections: {reason}.',
    hint: 'Wait, close idle connections, or raise max_connections.',
    explain: 'All connections of the server or of the account are in use, or the host is blocked after many failed attempts.',
    exit: 69,
  },
  YAMA_CONNECT_MYSQL_PASSWORD: {
    message: 'The password function for {host} failed: {reason}. Nothing was connected.',
    hint: 'Check the credentials which the function asks with.',
    explain: 'The option `password` may be a function that brings a token for each connection, as cloud providers want it. It rejected.',
    exit: 77,
  },
  YAMA_CONNECT_MYSQL_VERSION: {
    message: 'The server at {host} is {product}, and Yama needs MySQL 8.0 or MariaDB 10.6 at least. Nothing was changed.',
    hint: 'Upgrade the server.',
    explain:
      'Before MySQL 8.0 and MariaDB 10.6 a single DDL statement could be left half done by a crash, so that nobody could say what a failed migration left behind.',
    exit: 78,
  },
  YAMA_CONNECT_MYSQL_FAILED: {
    message: 'The connection to {host} could not be made: {reason}.',
    hint: 'Try the same with the `mysql` or `mariadb` client.',
    explain: 'The driver or the server refused the connection for a reason that has no code of its own.',
    exit: 69,
  },
} as const satisfies Record<string, ErrorSpec>
