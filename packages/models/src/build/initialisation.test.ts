import { key } from '@facet/tensor'
import { describe, expect, test } from 'vitest'
import {
  type InitialisationName,
  initialisations,
  namedInitialisation,
  normalBias,
} from './initialisation.ts'

const [inputs, outputs] = [50, 80]

const bounds: Partial<Record<InitialisationName, number>> = {
  torchUniform: 1 / Math.sqrt(inputs),
  heUniform: Math.sqrt(6 / inputs),
  glorotUniform: Math.sqrt(6 / (inputs + outputs)),
}

const standardDeviations: Record<InitialisationName, number> = {
  torchUniform: 1 / Math.sqrt(3 * inputs),
  heUniform: Math.sqrt(2 / inputs),
  heNormal: Math.sqrt(2 / inputs),
  glorotUniform: Math.sqrt(2 / (inputs + outputs)),
  glorotNormal: Math.sqrt(2 / (inputs + outputs)),
}

function moments(values: Float64Array) {
  const mean = values.reduce((total, value) => total + value, 0) / values.length
  const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length
  return { mean, deviation: Math.sqrt(variance) }
}

describe.each(Object.keys(initialisations) as InitialisationName[])('%s', (name) => {
  const weights = namedInitialisation(name).weight(key(3), inputs, outputs)
  const deviation = standardDeviations[name]

  test('draws outputs · inputs weights of mean 0 and the stated deviation', () => {
    expect(weights).toBeInstanceOf(Float64Array)
    expect(weights).toHaveLength(inputs * outputs)
    const found = moments(weights)
    // 4000 draws: four standard errors of a mean and of a deviation.
    expect(Math.abs(found.mean)).toBeLessThan((4 * deviation) / Math.sqrt(4000))
    expect(Math.abs(found.deviation / deviation - 1)).toBeLessThan(4 / Math.sqrt(8000))
  })

  test('reaches close to its bound and not past it', () => {
    const largest = weights.reduce((top, weight) => Math.max(top, Math.abs(weight)), 0)
    const bound = bounds[name]
    if (bound === undefined) expect(largest).toBeGreaterThan(3 * deviation)
    else {
      expect(largest).toBeLessThanOrEqual(bound)
      expect(largest).toBeGreaterThan(0.99 * bound)
    }
  })

  test('starts biases at 0, or as PyTorch draws them', () => {
    const biases = namedInitialisation(name).bias(key(4), inputs, outputs)
    expect(biases).toHaveLength(outputs)
    const largest = biases.reduce((top, bias) => Math.max(top, Math.abs(bias)), 0)
    if (name === 'torchUniform') {
      expect(largest).toBeLessThanOrEqual(1 / Math.sqrt(inputs))
      expect(largest).toBeGreaterThan(0.8 / Math.sqrt(inputs))
    } else expect(largest).toBe(0)
  })
})

test('normal biases are N(0, 1)', () => {
  const { mean, deviation } = moments(normalBias(key(5), 1, 4000))
  expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(4000))
  expect(Math.abs(deviation - 1)).toBeLessThan(4 / Math.sqrt(8000))
})

test('an unknown initialisation is refused with the names there are', () => {
  expect(() => namedInitialisation('lecun' as InitialisationName)).toThrow(
    "namedInitialisation: initialisation: expected one of torchUniform, heUniform, heNormal, glorotUniform, glorotNormal, got 'lecun'",
  )
})
