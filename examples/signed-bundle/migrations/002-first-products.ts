import { defineMigration } from '@yama/cli'

const products = ['tea', 'coffee', 'cocoa']

export default defineMigration({
  id: 'm_first_products',
  parents: ['m_products'],
  up: async ({ connection }): Promise<void> => {
    for (const [place, name] of products.entries())
      await connection.execute('INSERT INTO products (name, cents) VALUES (?, ?)', [name, 300 + 50 * place])
  },
  down: async ({ connection }): Promise<void> => {
    await connection.execute('DELETE FROM products')
  },
})
