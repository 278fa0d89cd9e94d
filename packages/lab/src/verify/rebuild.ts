import { Autoencoder, Dense, Network, Parameter } from '@facet/models'
import { formatShape, type Tensor } from '@facet/tensor'
import { activation } from '../network-file/activation.ts'
import { tensorOf } from '../network-file/file-layer.ts'
import type { Json } from '../network-file/json.ts'
import { numbers } from '../network-file/numbers.ts'
import type { GoldenInputs, GoldenLayer } from './golden.ts'
import type { FloatType } from './tolerance.ts'

/** A golden file's network and batch, as Facet's own objects. */
export interface Rebuilt {
  readonly model: Autoencoder
  readonly generators: Parameter
  readonly x: Tensor
  /** [N, K, d] */
  readonly noise: Tensor
  readonly theta: Tensor
  /** θ', the base of each pair. */
  readonly thetaPrimed: Tensor
}

function rebuildNetwork(
  name: string,
  layers: readonly GoldenLayer[],
  activationNames: readonly string[],
  alpha: number,
  inputs: number | string,
  dtype: FloatType,
): Network {
  let width = inputs
  const dense = layers.map((layer, i) => {
    const at = { name: `${name}[${i}]`, dtype }
    const weight = tensorOf(at, 'W', layer.W as Json, ['out', width])
    width = weight.shape[0]
    return new Dense({
      name: `${name}.${i}`,
      weight,
      bias: layer.b === null ? null : tensorOf(at, 'b', layer.b, [width]),
      activation: activation(activationNames[i], alpha),
    })
  })
  return new Network(dense, name)
}

/** Builds the network of a golden file in the given dtype. @throws Error naming the field that does not fit. */
export function rebuild(file: GoldenInputs, dtype: FloatType): Rebuilt {
  const { spec, enc, dec, G, x, noise, theta, theta_p } = file
  const encoder = rebuildNetwork('enc', enc, spec.enc_acts, spec.alpha, 'd', dtype)
  const [d, h] = [encoder.inputs, encoder.outputs]
  const decoder = rebuildNetwork('dec', dec, spec.dec_acts, spec.alpha, h, dtype)
  if (decoder.outputs !== d)
    throw new Error(`dec: expected ${d} outputs, the inputs of enc, got ${decoder.outputs}`)
  const of = (field: string, value: Json, shape: readonly (number | string)[]): Tensor => {
    const found = numbers(field, value, dtype)
    const fits = (length: number, i: number) =>
      typeof shape[i] === 'string' ? length > 0 : shape[i] === length
    if (found.rank === shape.length && found.shape.every(fits)) return found
    throw new Error(`${field}: expected [${shape.join(', ')}], got ${formatShape(found.shape)}`)
  }
  const samples = of('x', x, ['N', d])
  const bases = of('theta', theta, ['N', h])
  return {
    model: new Autoencoder(encoder, decoder),
    generators: new Parameter('G', of('G', G, [h, d, d])),
    x: samples,
    noise: of('noise', noise, [samples.shape[0], 'K', d]),
    theta: bases,
    thetaPrimed: of('theta_p', theta_p, [bases.shape[0], h]),
  }
}
