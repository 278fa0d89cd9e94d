import { adam, autoencoder, fit, reconstruction } from '@facet/models'
import { lieGroupSecondOrder } from '@facet/regularizers'
import { key, rows, type Tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '../../engine.ts'
import { shownRows } from '../../study/shown-samples.ts'
import { chiSquare99, codeSpread } from './code-spread.ts'
import { makeShowcase } from './showcase.ts'

let train: Tensor
let test: Tensor
beforeAll(async () => {
  await startEngine()
  train = key('train').normal([40, 8])
  test = key('test').normal([20, 8])
})

const small = () => autoencoder({ input: 8, bottleneck: 3, encoderHidden: [8], decoderHidden: [8], seed: 0 })

describe('what a trained model shows', () => {
  it('is spread over the test part, and all of a small one', () => {
    expect(shownRows(900)).toEqual([75, 225, 375, 525, 675, 825])
    expect(shownRows(4)).toEqual([0, 1, 2, 3])
  })

  it('is the reconstructions of these samples and ε of 16 pairs, in few digits', async () => {
    const model = small()
    const objectives = [reconstruction(), lieGroupSecondOrder()]
    const history = await fit(model, train, {
      epochs: 1,
      batchSize: 8,
      optimizer: adam(),
      objective: objectives,
    })
    const { reconstructions, epsilon } = makeShowcase(model, history.objectives, { train, test }, key(0))
    const [first] = shownRows(20)
    const exact = model.reconstruct(rows(test, first, first + 1)).toArray() as number[][]
    reconstructions[0].forEach((value, i) => void expect(Math.abs(value - exact[0][i])).toBeLessThan(1e-3))
    expect(epsilon!.values).toHaveLength(16)
    expect(epsilon!.values[0]).toHaveLength(3)
    expect(epsilon!.norms.every((norm) => norm > 0)).toBe(true)
    for (const value of epsilon!.values.flat()) expect(value).toBe(Number(value.toPrecision(5)))
  })

  it('has no ε without generators', () => {
    expect(
      makeShowcase(small(), [reconstruction().start(small(), train, key(0))], { train, test }, key(0))
        .epsilon,
    ).toBeNull()
  })
})

describe('where codes lie', () => {
  it('knows the quantiles of χ²', () => {
    // Tables: 9.2103, 11.345 and 23.209.
    for (const [h, quantile] of [
      [2, 9.2103],
      [3, 11.345],
      [10, 23.209],
    ]) {
      expect(Math.abs(chiSquare99(h) / quantile - 1)).toBeLessThan(0.01)
    }
  })

  it('counts the codes far out, and their size', () => {
    const model = small()
    const { rms, outside } = codeSpread(model, train)
    const codes = model.encode(train).toArray() as number[][]
    const squares = codes.map((code) => code.reduce((sum, z) => sum + z * z, 0))
    expect(rms).toBeCloseTo(Math.sqrt(squares.reduce((a, b) => a + b) / (40 * 3)), 6)
    expect(outside).toBe(squares.filter((s) => s > chiSquare99(3)).length / 40)
  })
})
