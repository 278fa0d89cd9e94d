import type { Key } from '@facet/tensor'
import { oneOf } from '@facet/tensor/checks'

/** How a layer's first weights and biases [outputs] are drawn, always in float64. */
export interface Initialisation {
  /**
   * @param inputs numbers that every unit reads
   * @param outputs units that read every number
   * @param count of weights; default inputs · outputs, as many as a matrix has
   */
  weight(key: Key, inputs: number, outputs: number, count?: number): Float64Array
  bias(key: Key, inputs: number, outputs: number): Float64Array
}

/** The named initialisations, `n` inputs and `m` outputs:
 *
 * - `torchUniform`: PyTorch's default for linear layers, U(±1/√n) for weights and biases;
 * - `heUniform` U(±√(6/n)), `heNormal` N(0, 2/n), `glorotUniform` U(±√(6/(n + m))), `glorotNormal` N(0, 2/(n + m)): biases 0.
 */
export type InitialisationName = 'torchUniform' | 'heUniform' | 'heNormal' | 'glorotUniform' | 'glorotNormal'

const biasInitialisations = ['default', 'normal'] as const

/** How biases are drawn: as the initialisation says, or from N(0, 1). */
export type BiasInitialisation = (typeof biasInitialisations)[number]

export const aBiasInitialisation = oneOf(biasInitialisations)

export const zeroBias = (_key: Key, _inputs: number, outputs: number): Float64Array =>
  new Float64Array(outputs)

export const initialisations: Readonly<Record<InitialisationName, Initialisation>> = {
  torchUniform: {
    weight: (key, inputs, outputs, count = inputs * outputs) => uniform(key, count, 1 / Math.sqrt(inputs)),
    bias: (key, inputs, outputs) => uniform(key, outputs, 1 / Math.sqrt(inputs)),
  },
  heUniform: {
    weight: (key, inputs, outputs, count = inputs * outputs) => uniform(key, count, Math.sqrt(6 / inputs)),
    bias: zeroBias,
  },
  heNormal: {
    weight: (key, inputs, outputs, count = inputs * outputs) => normal(key, count, Math.sqrt(2 / inputs)),
    bias: zeroBias,
  },
  glorotUniform: {
    weight: (key, inputs, outputs, count = inputs * outputs) =>
      uniform(key, count, Math.sqrt(6 / (inputs + outputs))),
    bias: zeroBias,
  },
  glorotNormal: {
    weight: (key, inputs, outputs, count = inputs * outputs) =>
      normal(key, count, Math.sqrt(2 / (inputs + outputs))),
    bias: zeroBias,
  },
}

export const anInitialisation = oneOf(Object.keys(initialisations) as InitialisationName[])

/**
 * The initialisation of a name; `operation` names who asks, in errors.
 * @throws RangeError for an unknown name.
 */
export function namedInitialisation(
  name: InitialisationName,
  operation = 'namedInitialisation',
): Initialisation {
  anInitialisation.check(operation, 'initialisation', name)
  return initialisations[name]
}

/** Biases drawn from N(0, 1), as the decoder's hidden ones are in the orbit experiments. */
export function normalBias(key: Key, _inputs: number, outputs: number): Float64Array {
  return key.normalArray(outputs)
}

function uniform(key: Key, count: number, bound: number): Float64Array {
  return key.uniformArray(count).map((u) => bound * (2 * u - 1))
}

function normal(key: Key, count: number, standardDeviation: number): Float64Array {
  return key.normalArray(count).map((z) => standardDeviation * z)
}
