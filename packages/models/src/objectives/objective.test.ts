import { abs, init, key, max, mean, mul, scope, square, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Autoencoder, autoencoder, fit } from '../index.ts'
import { Parameter } from '../parameter.ts'
import type { Objective } from './objective.ts'
import { reconstruction } from './reconstruction.ts'
import { evaluate, sumOfObjectives } from './sum.ts'

beforeAll(() => init())

const data = () => key('data').normal([12, 3])
const small = () =>
  autoencoder({ input: 3, bottleneck: 2, encoderHidden: [4], decoderHidden: [4], activation: 'abs' })

// The example of the docstring of Objective.
function smallCodes(weight = 0.01): Objective {
  let model: Autoencoder
  return {
    name: 'smallCodes',
    parameters: [],
    settings: { weight },
    prepare(autoencoder) {
      model = autoencoder
    },
    loss({ x }) {
      const size = mean(square(model.encode(x)))
      return { loss: mul(size, weight), values: { codeSize: size } }
    },
    diagnostics(data) {
      return { largestCode: scope(() => max(abs(model.encode(data))).item()) }
    },
  }
}

/** Learns one number towards a target. */
function constantObjective(
  name: string,
  target: number,
  learningRate?: number,
): Objective & { value(): number } {
  let parameter: Parameter
  return {
    name,
    get parameters() {
      return [parameter]
    },
    prepare() {
      parameter = new Parameter('number', tensor(0), { learningRate })
    },
    loss() {
      const loss = square(mul(parameter.value, 1 / target))
      return { loss, values: { squared: loss } }
    },
    diagnostics: (_, key) => ({ drawn: key.uniformArray(1)[0] }),
    value: () => parameter.value.item(),
  }
}

describe('an objective of one’s own', () => {
  it('joins reconstruction in fit, as its docstring shows', async () => {
    const history = await fit(small(), data(), {
      epochs: 10,
      batchSize: 4,
      objective: [reconstruction(), smallCodes(0.1)],
    })
    const { loss, mse, codeSize } = history.epochs[9].train
    expect(loss).toBeCloseTo(mse + 0.1 * codeSize, 5)
    expect(history.diagnostics.smallCodes.largestCode).toBeGreaterThan(0)
    expect(Object.keys(history.diagnostics)).toEqual(['model', 'reconstruction', 'smallCodes'])
  })

  it('shrinks codes when it weighs more', async () => {
    const codeSize = async (weight: number) => {
      const options = { epochs: 20, batchSize: 4, objective: [reconstruction(), smallCodes(weight)] }
      return (await fit(small(), data(), options)).epochs[19].train.codeSize
    }
    expect(await codeSize(10)).toBeLessThan(0.7 * (await codeSize(0)))
  })
})

describe('evaluate', () => {
  it('adds losses up, and qualifies a reported name that is taken', () => {
    const model = small()
    const objectives = [smallCodes(1), smallCodes(2)]
    for (const objective of objectives) objective.prepare(model, data(), key(0))
    const batch = { x: data(), indices: new Int32Array(12) }
    const { loss, losses, values } = evaluate(objectives, batch, key(0))
    expect(loss.item()).toBeCloseTo(losses[0].item() + losses[1].item(), 6)
    expect(Object.keys(values)).toEqual(['codeSize', 'smallCodes#2.codeSize'])
  })
})

describe('sumOfObjectives', () => {
  it('is one objective with the losses, parameters, settings and diagnostics of all', () => {
    const model = small()
    const sum = sumOfObjectives([constantObjective('a', 1), smallCodes(0.5)])
    sum.prepare(model, data(), key(0))
    expect(sum.parameters.map(({ name }) => name)).toEqual(['number'])
    expect(sum.settings).toEqual({ 'smallCodes.weight': 0.5 })
    const batch = { x: data(), indices: new Int32Array(12) }
    const term = sum.loss(batch, key(0))
    expect(Object.keys(term.values)).toEqual(['squared', 'codeSize'])
    expect(term.loss.item()).toBeCloseTo(0.5 * term.values.codeSize.item(), 6)
    expect(Object.keys(sum.diagnostics(data(), key(0)))).toEqual(['a.drawn', 'smallCodes.largestCode'])
  })

  it('gives each objective draws of its own', () => {
    const sum = sumOfObjectives([constantObjective('a', 1), constantObjective('b', 1)])
    sum.prepare(small(), data(), key(0))
    const drawn = sum.diagnostics(data(), key(0))
    expect(drawn['a.drawn']).not.toBe(drawn['b.drawn'])
  })

  it('refuses an empty list', () => {
    expect(() => sumOfObjectives([])).toThrow('sumOfObjectives: expected at least one objective, got none')
  })
})
