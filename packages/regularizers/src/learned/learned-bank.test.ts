import { gather, init, key, tensor, zeros } from '@facet/tensor'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { smoothImages } from '../banks/testing/smooth-samples.ts'
import { heldOutExplained, stencilResponse } from './explained.ts'
import { learnedBank } from './learned-bank.ts'
import { modulatedSeries, warpedSeries } from './testing/synthetic-series.ts'

beforeAll(() => init())
beforeEach(() => init())

describe('learnedBank', () => {
  it.each(['pca', 'em'] as const)('tmp', (stencils) => {
    for (const [name, make] of [['warp', warpedSeries], ['mod', modulatedSeries]] as const)
    for (const count of [30]) {
      const data = make(count, 128)
      for (const zNormalised of [true, false]) {
      const { learned } = learnedBank(data, { stencils, zNormalised })
      console.log(name, stencils, zNormalised, JSON.stringify(stencilResponse(learned, data)), JSON.stringify(learned.amplitude), JSON.stringify(learned.velocity))
      console.log(learned.stencils.map((c) => c.map((v) => v.toFixed(2)).join(' ')).join('\n'), heldOutExplained(data, { stencils }), heldOutExplained(data, { stencils: 'random' }))
    }
    }
  })
})
