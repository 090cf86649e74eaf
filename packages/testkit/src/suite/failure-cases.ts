import { expect, it } from 'vitest'
import { isBatchFailure, type DescribedFailure } from '@yama/core'
import type { SuiteContext } from './suite-context.ts'

export function failureCases({ open, language }: SuiteContext): void {
  const { create, drop, insert, syntax } = language

  const failure = async (...statements: readonly string[]): Promise<readonly DescribedFailure[]> => {
    const { dialect, connect } = await open()
    const connection = await connect()
    const last = statements.at(-1) ?? ''
    for (const statement of statements.slice(0, -1)) await connection.execute(statement)
    const direct: unknown = await connection.execute(last).catch((error: unknown) => error)
    const transaction = dialect.capabilities.transactionalDdl
    const batched: unknown = await connection.batch([{ sql: last }], { transaction }).catch((error: unknown) => error)
    return [direct, isBatchFailure(batched) ? batched.cause : batched].map((error) => dialect.describeFailure(error))
  }

  it.each([
    ['duplicate', [create('suite_a'), create('suite_a')]],
    ['missing', [drop('suite_none')]],
    ['constraint', [create('suite_a'), insert('suite_a', 1), insert('suite_a', 1)]],
    ['syntax', [syntax.text]],
  ] as const)('knows a failure of kind %s, alone and in a batch', async (kind, statements) => {
    for (const described of await failure(...statements)) {
      expect(described.kind).toBe(kind)
      expect(described.message).not.toBe('')
    }
  })

  it('gives the place of a syntax error where the server names one', async () => {
    for (const described of await failure(syntax.text)) expect([undefined, syntax.offset]).toContain(described.offset)
  })

  it('describes whatever is thrown', async () => {
    const { dialect } = await open()
    for (const thrown of [new Error('x'), 'text', undefined, null, {}, 42])
      expect(typeof dialect.describeFailure(thrown).message).toBe('string')
  })

  it('splits statements and keeps their places', async () => {
    const { dialect } = await open()
    const text = `${create('suite_a')};\n\n  ${drop('suite_a')};\n`
    const statements = dialect.splitStatements(text)
    expect(statements.map((statement) => statement.text)).toEqual([create('suite_a'), drop('suite_a')])
    expect(statements.map(({ line, column }) => [line, column])).toEqual([
      [1, 1],
      [3, 3],
    ])
    for (const { text: part, offset } of statements) expect(text.slice(offset, offset + part.length)).toBe(part)
    expect(dialect.splitStatements('')).toEqual([])
  })

  it('sees through formatting in the tokens of a statement', async () => {
    const { dialect } = await open()
    const spaced = create('suite_a').replaceAll(' ', '\r\n  ')
    expect(dialect.semanticTokens(spaced)).toBe(dialect.semanticTokens(create('suite_a')))
    expect(dialect.semanticTokens(create('suite_a'))).not.toBe(dialect.semanticTokens(create('suite_b')))
  })

  it('knows what a drop loses', async () => {
    const { dialect } = await open()
    expect(dialect.describeStatement(drop('suite_a'))).toMatchObject({ loss: 'certain' })
    expect(dialect.describeStatement(create('suite_a'))).toMatchObject({ loss: 'none' })
  })
}
