import { gather, init, key, type Tensor, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { fromOrder, toOrder } from '../learned/to-order.ts'
import { bankInOrder } from './bank-in-order.ts'
import { seriesBank } from './series-bank.ts'
import { centralGap } from './testing/bank-agreement.ts'
import { smoothSeries } from './testing/smooth-samples.ts'

beforeAll(() => init())

describe('bankInOrder', () => {
  const bank = seriesBank({ length: 24, parts: 'WAT' })
  const order = key(3).permutation(24)

  it('does to shuffled series what the bank does to the series in order', () => {
    const ordered = bankInOrder(bank, order)
    const [x, epsilon] = [key('x').normal([3, 24]), key('e').normal([3, 24])]
    expect(ordered.act(x, epsilon).toArray()).toEqual(
      fromOrder(bank.act(toOrder(x, order), epsilon), order).toArray(),
    )
    const back = (t: Tensor) => gather(t, tensor(order), 2).toArray()
    expect(back(ordered.tangents(x))).toEqual(bank.tangents(toOrder(x, order)).toArray())
  })

  it('acts along its tangents', () => {
    const ordered = bankInOrder(seriesBank({ length: 30, parts: 'A' }), key(3).permutation(30))
    expect(centralGap(ordered, smoothSeries(30), key('e').normal([4, 8], 'float64'), 1e-5)).toBeLessThan(1e-8)
  })

  it('says what it is, and keeps the order that it was given', () => {
    const given = order.slice()
    const ordered = bankInOrder(bank, given)
    const [x, epsilon] = [key('x').normal([3, 24]), key('e').normal([3, 24])]
    given.reverse()
    expect(ordered.act(x, epsilon).toArray()).toEqual(bankInOrder(bank, order).act(x, epsilon).toArray())
    expect(ordered).toMatchObject({ name: 'ordered series WAT', size: 24, dimension: 24 })
    expect(ordered.settings).toMatchObject({ length: 24, parts: 'WAT' })
    expect(ordered.settings).toEqual(bankInOrder(bank, order).settings)
    expect(ordered.settings).not.toEqual(bankInOrder(bank, given).settings)
  })

  it('refuses what is no bank and what is no order of its coordinates', () => {
    expect(() => bankInOrder({} as never, order)).toThrow('bankInOrder: bank: expected seriesBank()')
    expect(() => bankInOrder(bank, Int32Array.of(0, 1))).toThrow(
      'bankInOrder: order: expected each of 0 … 23 once, got 2 numbers [0, 1]',
    )
    expect(() => bankInOrder(bank, new Int32Array(24))).toThrow('got 24 numbers [0, 0, 0, 0, 0, 0, 0, 0, …]')
  })
})
