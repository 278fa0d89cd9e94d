import type * as models from '@facet/models'
import { describe, expect, it } from 'vitest'
import { Call, callsOf, done, Named } from './calls.ts'

const call = callsOf<typeof models>('@facet/models')

describe('done', () => {
  it('does a call after those among its arguments, however deep', () => {
    const sum = (...values: number[]) => values.reduce((a, b) => a + b, 0)
    const both = new Call('', 'sum', [1, new Call('', 'sum', [2, 3])])
    expect(done([{ a: both, b: [both] }], { sum })).toEqual([{ a: 6, b: [6] }])
  })

  it('finds values by their names', () => {
    expect(done(new Call('', 'pair', [new Named('x')]), { pair: (x: number) => [x, x], x: 7 })).toEqual([
      7, 7,
    ])
  })

  it('says what there is where a name is none', () => {
    expect(() => done(call('adam'), { reconstruction: 1 })).toThrow(
      'expected one of reconstruction, got adam',
    )
    expect(() => done(new Named('toString'), {})).toThrow('got toString')
  })
})
