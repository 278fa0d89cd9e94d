import { checkGradients } from '@facet/autograd'
import { gather, init, key, mul, neg, sub, type Tensor, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { fixedBank } from './fixed-bank.ts'
import { permutedBank } from './permuted-bank.ts'
import { seriesBank } from './series-bank.ts'
import { centralGap, largest } from './testing/bank-agreement.ts'
import { smoothSeries } from './testing/smooth-samples.ts'

beforeAll(() => init())

/** Where each coordinate went: read off a bank that scales coordinate i by e^ε for generator i. */
function orderOf(dimension: number, seed: number): number[] {
  const matrices = Array.from({ length: dimension }, (_, b) =>
    Array.from({ length: dimension }, (_, i) =>
      Array.from({ length: dimension }, (_, j) => (i === b && j === b ? 1 : 0)),
    ),
  )
  const ones = tensor([new Array<number>(dimension).fill(1)])
  const [rows] = permutedBank(fixedBank(matrices), { seed }).tangents(ones).toArray() as number[][][]
  return rows.map((row) => row.indexOf(1))
}

describe('permutedBank', () => {
  it('permutes: every coordinate once, most of them moved, other seeds otherwise', () => {
    const order = orderOf(24, 1)
    expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, i) => i))
    expect(order.filter((to, from) => to === from).length).toBeLessThan(6)
    expect(orderOf(24, 1)).toEqual(order)
    expect(orderOf(24, 2)).not.toEqual(order)
  })

  it('does to permuted samples what the bank does to the samples', () => {
    const bank = seriesBank({ length: 24, parts: 'WAT' })
    const permuted = permutedBank(bank, { seed: 1 })
    const there = tensor(Int32Array.from(orderOf(24, 1)))
    const [x, epsilon] = [key('x').normal([3, 24]), key('e').normal([3, 24])]
    const shuffled = key('y').normal([3, 24])
    expect(gather(permuted.act(shuffled, epsilon), there, 1).toArray()).toEqual(
      bank.act(gather(shuffled, there, 1), epsilon).toArray(),
    )
    expect(gather(permuted.tangents(x), there, 2).toArray()).toEqual(
      bank.tangents(gather(x, there, 1)).toArray(),
    )
    expect(largest(sub(permuted.act(x, epsilon), bank.act(x, epsilon)))).toBeGreaterThan(0.1)
  })

  it('acts along its tangents as its bank does, and has right gradients', () => {
    const bank = seriesBank({ length: 30, parts: 'A' })
    const permuted = permutedBank(bank)
    const [x, epsilon] = [smoothSeries(30), key('e').normal([4, 8], 'float64')]
    expect(centralGap(permuted, x, epsilon, 1e-5)).toBeLessThan(1e-8)
    const back = permutedBank(seriesBank({ length: 30, parts: 'AT', zNormalised: false }))
    const both = mul(key('e').normal([4, 16], 'float64'), 0.1)
    const first = mul(both, tensor([...new Array(8).fill(1), ...new Array(8).fill(0)], { dtype: 'float64' }))
    expect(largest(sub(back.act(back.act(x, first), neg(first)), x))).toBeLessThan(1e-14)
    checkGradients((e: Tensor) => permuted.act(x, e), mul(epsilon, 0.1))
  })

  it('says what it is', () => {
    const permuted = permutedBank(seriesBank({ length: 24, parts: 'W' }), { seed: 3 })
    expect(permuted).toMatchObject({ name: 'permuted series W', size: 8, dimension: 24 })
    expect(permuted.settings).toMatchObject({ length: 24, parts: 'W', permutation: 3 })
    expect(() => permutedBank(permuted, { seeds: 1 } as never)).toThrow(
      "permutedBank: unknown option 'seeds'",
    )
  })

  it('refuses what is no bank', () => {
    expect(() => permutedBank({} as never)).toThrow(
      'permutedBank: bank: expected seriesBank(), imageBank(), …, got an object with keys (none)',
    )
  })
})
