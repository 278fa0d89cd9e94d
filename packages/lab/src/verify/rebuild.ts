import { Autoencoder, Dense, Network, Parameter } from '@facet/models'
import type { Tensor } from '@facet/tensor'
import { activation } from '../network-file/activation.ts'
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
  dtype: FloatType,
): Network {
  const dense = layers.map(
    (layer, i) =>
      new Dense({
        name: `${name}.${i}`,
        weight: numbers(`${name}[${i}].W`, layer.W as Json, dtype),
        bias: layer.b === null ? null : numbers(`${name}[${i}].b`, layer.b, dtype),
        activation: activation(activationNames[i], alpha),
      }),
  )
  return new Network(dense, name)
}

/** Builds the network of a golden file in the given dtype. @throws Error naming the field that does not fit. */
export function rebuild(file: GoldenInputs, dtype: FloatType): Rebuilt {
  const { spec } = file
  return {
    model: new Autoencoder(
      rebuildNetwork('enc', file.enc, spec.enc_acts, spec.alpha, dtype),
      rebuildNetwork('dec', file.dec, spec.dec_acts, spec.alpha, dtype),
    ),
    generators: new Parameter('G', numbers('G', file.G, dtype)),
    x: numbers('x', file.x, dtype),
    noise: numbers('noise', file.noise, dtype),
    theta: numbers('theta', file.theta, dtype),
    thetaPrimed: numbers('theta_p', file.theta_p, dtype),
  }
}
