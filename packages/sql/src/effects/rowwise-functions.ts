/** Functions whose value follows from their arguments alone; or, of the last line, from the rows of a query of their own. */
export const ROWWISE_FUNCTIONS: ReadonlySet<string> = new Set(
  `abs btrim ceil ceiling char_length character_length coalesce concat concat_ws floor greatest hex if ifnull iif initcap instr isnull
  least left length locate lower lpad ltrim md5 mod nullif power regexp_replace repeat replace reverse right round rpad rtrim sign split_part sqrt
  strpos substr substring trim trunc typeof upper
  avg count max min sum`.split(/\s+/),
)
