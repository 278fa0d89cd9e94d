import { add, expandDims, matmul, squeeze, Tensor } from '@facet/tensor'
import { type Copy, copyOf } from '@facet/tensor/checks'
import { models } from './copy.ts'
import { strangeClass } from './layers/own-code.ts'
import type { AffineMap, Network } from './network.ts'
import type { Parameter } from './parameter.ts'
import type { RegionCode } from './region/code.ts'

/** The regions of N samples in the encoder's partition, and of their codes in the decoder's. */
export interface AutoencoderCode {
  readonly encoder: RegionCode
  readonly decoder: RegionCode
}

/**
 * An encoder and a decoder, `D(E(x))`.
 *
 * @throws Error if the decoder does not undo the encoder's sizes, or their dtypes differ.
 * @example
 * import { init, zeros } from '@facet/tensor'
 * import { autoencoder } from '@facet/models'
 * await init()
 * const model = autoencoder({ input: 128, bottleneck: 10, seed: 0 })
 * const { output, latent, code } = model.forward(zeros([16, 128])) // [16, 128], [16, 10]
 * const { A, b } = model.localAffine(code) // output = A x + b
 */
export class Autoencoder {
  readonly #encoder: Network
  readonly #decoder: Network
  #isDisposed = false
  /** Data dimension d. */
  readonly input: number
  /** Bottleneck dimension h. */
  readonly bottleneck: number
  readonly dtype: 'float32' | 'float64'

  /** Of which copy of the package it is. @internal */
  get [copyOf](): Copy {
    return models
  }

  constructor(encoder: Network, decoder: Network) {
    if (decoder.inputs !== encoder.outputs || decoder.outputs !== encoder.inputs) {
      throw new Error(
        `Autoencoder: an encoder ${encoder.inputs} → ${encoder.outputs} expects a decoder ` +
          `${encoder.outputs} → ${encoder.inputs}, got ${decoder.inputs} → ${decoder.outputs}`,
      )
    }
    this.#encoder = encoder
    this.#decoder = decoder
    this.input = encoder.inputs
    this.bottleneck = encoder.outputs
    this.dtype = commonDtype(this.parameters)
  }

  get encoder(): Network {
    this.#expectWeights()
    return this.#encoder
  }

  get decoder(): Network {
    this.#expectWeights()
    return this.#decoder
  }

  /** @throws Error where it was disposed: of whatever asks for its networks. */
  #expectWeights(): void {
    if (!this.#isDisposed) return
    const { input, bottleneck } = this
    throw new Error(
      `autoencoder ${input} → ${bottleneck} → ${input}: expected a model with its weights, got one that was disposed`,
    )
  }

  /**
   * Gives the memory of all tensors of encoder and decoder back, trained and fixed ones, without waiting for the collector; for `using` as well. Used
   * afterwards it says that it was disposed. Safe to call twice.
   *
   * @example
   * import { init } from '@facet/tensor'
   * import { autoencoder } from '@facet/models'
   * await init()
   * const model = autoencoder({ input: 8, bottleneck: 2 })
   * model.dispose() // model.encode(x) now throws: … got one that was disposed
   */
  dispose(): void {
    this.#isDisposed = true
    this.#encoder.dispose()
    this.#decoder.dispose()
  }

  [Symbol.dispose](): void {
    this.dispose()
  }

  /** The encoder's parameters, then the decoder's. */
  get parameters(): readonly Parameter[] {
    return [...this.encoder.parameters, ...this.decoder.parameters]
  }

  /** E(x): x [N, d] to latent codes [N, h]. */
  encode(x: Tensor): Tensor {
    return this.encoder.apply(x)
  }

  /** D(z): latent codes z [N, h] to data [N, d]. */
  decode(z: Tensor): Tensor {
    return this.decoder.apply(z)
  }

  /** D(E(x)): [N, d] to [N, d]. */
  reconstruct(x: Tensor): Tensor {
    return this.decode(this.encode(x))
  }

  /**
   * @param x [N, d]
   * @returns output [N, d], latent [N, h] and the region codes, from one pass.
   */
  forward(x: Tensor): { output: Tensor; latent: Tensor; code: AutoencoderCode } {
    const encoded = this.encoder.forward(x)
    const decoded = this.decoder.forward(encoded.output)
    const [output, latent] = [decoded.output, encoded.output]
    // Layers whose regions are not known have outputs all the same: only who asks for the code is told.
    const code = () => ({ encoder: encoded.code, decoder: decoded.code })
    return isKnown(encoded) && isKnown(decoded)
      ? { output, latent, code: code() }
      : {
          output,
          latent,
          get code() {
            return code()
          },
        }
  }

  /** The regions of x [N, d] and of its latent codes. */
  regionCode(x: Tensor): AutoencoderCode {
    expectPlain('regionCode', this)
    return this.forward(x).code
  }

  /**
   * The affine map of each sample's region (Eq. 4): `D(E(x)) = A^D A^E x + A^D B^E + B^D`.
   * @param at samples x [N, d], or their codes.
   * @returns A [N, d, d], b [N, d]
   * @throws Error for codes of other networks.
   */
  localAffine(at: Tensor | AutoencoderCode): AffineMap {
    expectPlain('localAffine', this)
    const code = at instanceof Tensor ? this.regionCode(at) : at
    const encoder = this.encoder.localAffine(code.encoder)
    const decoder = this.decoder.localAffine(code.decoder)
    const carried = squeeze(matmul(decoder.A, expandDims(encoder.b, 2)), 2)
    return { A: matmul(decoder.A, encoder.A), b: add(carried, decoder.b) }
  }

  /**
   * A^D A^E v, the Jacobian of D∘E times one vector a sample, through encoder and decoder without building either: what the
   * autoencoder makes of a direction. Differentiable in the weights and in v, constant in the codes.
   *
   * @param at samples x [N, d], or their codes.
   * @param v [N, d]
   * @returns [N, d]
   * @throws Error for codes of other networks, or v of another shape or dtype.
   * @example
   * import { init, key } from '@facet/tensor'
   * import { autoencoder } from '@facet/models'
   * await init()
   * const model = autoencoder({ input: 8, bottleneck: 2 })
   * const [x, v] = [key('x').normal([5, 8]), key('v').normal([5, 8])]
   * const { code } = model.forward(x)
   * const image = model.applyJacobian(code, v) // [5, 8]; v itself where the model keeps the direction
   */
  applyJacobian(at: Tensor | AutoencoderCode, v: Tensor): Tensor {
    expectPlain('applyJacobian', this)
    const code = at instanceof Tensor ? this.regionCode(at) : at
    return this.decoder.applyJacobian(code.decoder, this.encoder.applyJacobian(code.encoder, v))
  }
}

/** Whether a forward pass has a code: without one it has a property that throws. */
const isKnown = (passed: object): boolean =>
  Object.getOwnPropertyDescriptor(passed, 'code')?.get === undefined

/** @throws TypeError for a class of one's own that computes something its own way: what encoder and decoder say is not what it says. */
export function expectPlain(operation: string, model: Autoencoder): void {
  const why = strangeClass(model, Autoencoder.prototype)
  if (why === null) return
  throw new TypeError(`${operation}: expected a plain Autoencoder, got ${why}`)
}

function commonDtype(parameters: readonly Parameter[]): 'float32' | 'float64' {
  const dtypes = [...new Set(parameters.map((parameter) => parameter.value.dtype))]
  const [dtype] = dtypes
  if (dtypes.length === 1 && (dtype === 'float32' || dtype === 'float64')) return dtype
  throw new Error(`Autoencoder: expected parameters of one floating dtype, got ${dtypes.join(' and ')}`)
}
