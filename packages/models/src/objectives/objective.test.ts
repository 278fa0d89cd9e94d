import { abs, init, key, max, mean, mul, scope, square, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Amount, amountAt, amountSetting, autoencoder, fit } from '../index.ts'
import { Parameter } from '../parameter.ts'
import type { Objective } from './objective.ts'
import { reconstruction } from './reconstruction.ts'
import { distinctNames, evaluate, sumOfObjectives } from './sum.ts'

beforeAll(() => init())

const data = () => key('data').normal([12, 3])
const small = () =>
  autoencoder({ input: 3, bottleneck: 2, encoderHidden: [4], decoderHidden: [4], activation: 'abs' })

// The example of the docstring of Objective.
function smallCodes(weight: Amount = 0.01): Objective {
  return {
    name: 'smallCodes',
    settings: { weight: amountSetting(weight) },
    start: (model) => ({
      parameters: [],
      loss({ x }, at) {
        const size = mean(square(model.encode(x)))
        return { loss: mul(size, amountAt(weight, at)), values: { codeSize: size } }
      },
      diagnostics(data) {
        return { largestCode: scope(() => max(abs(model.encode(data))).item()) }
      },
    }),
  }
}

/** Learns one number towards a target. */
const constantObjective = (name: string, target: number): Objective => ({
  name,
  start() {
    const parameter = new Parameter('number', tensor(0))
    return {
      parameters: [parameter],
      loss() {
        const loss = square(mul(parameter.value, 1 / target))
        return { loss, values: { squared: loss } }
      },
      diagnostics: (_, key) => ({ drawn: key.uniformArray(1)[0] }),
    }
  },
})

const at = { key: key(0), step: 0, epoch: 0 }
const batch = () => ({ x: data(), indices: new Int32Array(12) })

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
    const runs = objectives.map((objective) => objective.start(model, data(), key(0)))
    const { loss, losses, values } = evaluate({ names: distinctNames(objectives), runs }, batch(), at)
    expect(loss.item()).toBeCloseTo(losses[0].item() + losses[1].item(), 6)
    expect(Object.keys(values)).toEqual(['codeSize', 'smallCodes#2.codeSize'])
  })
})

describe('sumOfObjectives', () => {
  it('is one objective with the losses, parameters, settings and diagnostics of all', () => {
    const sum = sumOfObjectives([constantObjective('a', 1), smallCodes(0.5)])
    expect(sum.settings).toEqual({ 'smallCodes.weight': 0.5 })
    const run = sum.start(small(), data(), key(0))
    expect(run.parameters.map(({ name }) => name)).toEqual(['number'])
    expect(run.objectives.map(({ parameters }) => parameters.length)).toEqual([1, 0])
    const term = run.loss(batch(), at)
    expect(Object.keys(term.values)).toEqual(['squared', 'codeSize'])
    expect(term.loss.item()).toBeCloseTo(0.5 * term.values.codeSize.item(), 6)
    expect(Object.keys(run.diagnostics(data(), key(0)))).toEqual(['a.drawn', 'smallCodes.largestCode'])
  })

  it('gives each objective draws of its own', () => {
    const sum = sumOfObjectives([constantObjective('a', 1), constantObjective('b', 1)])
    const drawn = sum.start(small(), data(), key(0)).diagnostics(data(), key(0))
    expect(drawn['a.drawn']).not.toBe(drawn['b.drawn'])
  })

  it('refuses an empty list', () => {
    expect(() => sumOfObjectives([])).toThrow('sumOfObjectives: expected at least one objective, got none')
  })
})
