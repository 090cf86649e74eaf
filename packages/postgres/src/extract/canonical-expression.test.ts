import { expect, it } from 'vitest'
import { canonicalExpression } from './canonical-expression.ts'

it('writes a list of varchar literals as the server does after reading its own print', () => {
  expect(canonicalExpression("((status)::text = ANY ((ARRAY['new'::character varying, 'it''s'::character varying])::text[]))")).toBe(
    "((status)::text = ANY (ARRAY[('new'::character varying)::text, ('it''s'::character varying)::text]))",
  )
})

it.each([
  "(status = ANY (ARRAY['new'::text, 'old'::text]))",
  '((ARRAY[a, b])::text[] @> c)',
  'lower(email)',
  `("(ARRAY['x'::character varying])::text[]" IS NOT NULL)`,
  "(a <> '(ARRAY[''x''::character varying])::text[]'::text)",
])('leaves %s alone', (expression) => {
  expect(canonicalExpression(expression)).toBe(expression)
})
