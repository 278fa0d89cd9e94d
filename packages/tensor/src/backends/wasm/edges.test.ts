import { beforeAll, describe, expect, it } from 'vitest'
import { init, key, matmul, pad, slice } from '../../index.ts'

beforeAll(() => init())

describe('the last rows and columns of a product', () => {
  // 700 terms are summed in blocks, of a length that depends on the rows of b; a tile has 2 rows and 16 columns.
  it.each([
    ['float32', 5, 21, 700],
    ['float32', 33, 2900, 300],
    ['float64', 3, 9, 700],
  ] as const)('have the bits of whole tiles: %s %d × %d of %d terms', (dtype, m, n, k) => {
    const a = key('a').normal([m, k], dtype)
    const b = key('b').normal([k, n], dtype)
    const whole = matmul(
      pad(a, [
        [0, 3],
        [0, 0],
      ]),
      pad(b, [
        [0, 0],
        [0, 32 - (n % 16)],
      ]),
    )
    expect(matmul(a, b).dataSync()).toEqual(slice(whole, [0, 0], [m, n]).dataSync())
  })
})
