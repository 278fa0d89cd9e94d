import { add, rows, scope, type Tensor, tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import { Autoencoder, type AutoencoderCode, expectPlain } from '../autoencoder.ts'
import { expectFloatRows } from '../float-rows.ts'
import { chunksOf } from '../training/chunks.ts'

/** Which columns the error of each row lies in. */
export interface Explanation {
  /** `[n, d]`: share of each input in the squared error of its row; each row sums to 1, or is 0 where there is no error, NaN where it is not finite. */
  readonly shares: Float64Array
  /** Of each row the input whose change alone, within the region's map, takes away most of the error; −1 where no change takes any away. */
  readonly cause: Int32Array
  /** The share of the error that this change takes away; 0 where there is no such input. */
  readonly causeShare: Float64Array
  /** The value that it would have, in the model's units; NaN where there is no such input. */
  readonly expected: Float64Array
  /** 1 where the row with that value is still in the same regions of encoder and decoder, so that the share is what the model itself loses; else 0. */
  readonly stays: Uint8Array
}

/** Numbers of local maps held at once: 8 MB in float32. */
const mapNumbers = 2 ** 21

/**
 * Where the error of each row lies (`docs/mathematics.md 10.2`). `shares` are the squares of the residual r = x − D(E(x)) over their sum, exactly. Yet one wrong input
 * moves the codes and with them the other outputs, so that a second answer says what may have caused it: within the region of x, D(E(x)) = A x + b, and r is
 * affine in x with the linear part R = I − A. To change input j alone by t = −R_jᵀ r / ‖R_j‖² takes away the share (R_jᵀ r)² / (‖R_j‖² ‖r‖²) of the error, and no other
 * change of it more, as long as that map holds; `stays` says whether it does. A is never multiplied out, but kept as its two factors.
 *
 * @param x [n, d], finite, in the model's units and of its dtype
 * @throws TypeError or RangeError for what is no autoencoder or no such rows.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { autoencoder, explain } from '@facet/models'
 * await init()
 * // Keeps the mean of three inputs: a code of one linear unit.
 * const layers = { encoderHidden: [], decoderHidden: [], bottleneckActivation: 'identity', bias: false } as const
 * const model = autoencoder({ input: 3, bottleneck: 1, ...layers })
 * const [encoder, decoder] = model.parameters
 * encoder.value = tensor([[1 / 3, 1 / 3, 1 / 3]])
 * decoder.value = tensor([[1], [1], [1]])
 * const { shares, cause, causeShare, expected } = explain(model, tensor([[1, 1, 4]]))
 * shares // [1/6, 1/6, 2/3]
 * cause // [2]
 * causeShare // [1]: with the third input as the others there is no error
 * expected // [1]
 */
export function explain(model: Autoencoder, x: Tensor): Explanation {
  if (!(model instanceof Autoencoder)) {
    throw new TypeError(`explain: model: expected an Autoencoder, got ${describe(model)}`)
  }
  expectPlain('explain', model)
  expectFloatRows('explain', 'x', x, model.input)
  const [n, d] = x.shape
  const explanation = {
    shares: new Float64Array(n * d),
    cause: new Int32Array(n).fill(-1),
    causeShare: new Float64Array(n),
    expected: new Float64Array(n).fill(Number.NaN),
    stays: new Uint8Array(n),
  }
  const size = Math.max(1, Math.floor(mapNumbers / (d * model.bottleneck)))
  for (const [from, to] of chunksOf(n, Math.min(size, 256))) {
    scope(() => explainChunk(model, rows(x, from, to), from, explanation))
  }
  return explanation
}

function explainChunk(model: Autoencoder, x: Tensor, from: number, explanation: Explanation): void {
  const [n, d] = x.shape
  const { output, code } = model.forward(x)
  const [given, made] = [x.dataSync(), output.dataSync()]
  const columns = new ErrorColumns(model, code)
  const steps = new Float64Array(n * d)
  for (let i = 0; i < n; i++) {
    const at = i * d
    const residual = Float64Array.from({ length: d }, (_, j) => given[at + j] - made[at + j])
    const whole = residual.reduce((sum, value) => sum + value * value, 0)
    if (whole === 0) continue
    residual.forEach((value, j) => {
      explanation.shares[(from + i) * d + j] = (value * value) / whole
    })
    const { column, taken, step } = columns.best(i, residual)
    if (column < 0) continue
    explanation.cause[from + i] = column
    explanation.causeShare[from + i] = Math.min(1, taken / whole)
    explanation.expected[from + i] = given[at + column] + step
    steps[at + column] = step
  }
  const moved = add(x, tensor(steps, { shape: [n, d], dtype: model.dtype }))
  explanation.stays.set(sameRegions(code, model.regionCode(moved)), from)
  for (let i = from; i < from + n; i++) if (explanation.cause[i] < 0) explanation.stays[i] = 0
}

/** The columns of R = I − A^D A^E, row by row of a batch. */
class ErrorColumns {
  readonly #decoder: ArrayLike<number>
  readonly #encoder: ArrayLike<number>
  readonly #d: number
  readonly #h: number
  /** Shorter columns are rounding: changes of that input do not change the error. */
  readonly #shortest: number

  constructor({ encoder, decoder, input, bottleneck, dtype }: Autoencoder, code: AutoencoderCode) {
    this.#encoder = encoder.jacobian(code.encoder).dataSync() // [n, h, d]
    this.#decoder = decoder.jacobian(code.decoder).dataSync() // [n, d, h]
    this.#d = input
    this.#h = bottleneck
    this.#shortest = dtype === 'float32' ? 1e-5 : 1e-12
  }

  /** The input of sample i whose change alone takes away most, how much of the squared error, and the change. */
  best(i: number, residual: Float64Array): { column: number; taken: number; step: number } {
    const [d, h, A] = [this.#d, this.#h, this.#encoder]
    const { pulled, gram } = this.#decoded(i, residual)
    const base = i * h * d
    let best = { column: -1, taken: 0, step: 0 }
    for (let j = 0; j < d; j++) {
      // R_jᵀ r = r_j − (A^E_j)ᵀ (A^D)ᵀ r, ‖R_j‖² = 1 − 2 A_jj + (A^E_j)ᵀ (A^D)ᵀ A^D A^E_j
      let [along, diagonal, squared] = [residual[j], 0, 0]
      for (let k = 0; k < h; k++) {
        const value = A[base + k * d + j]
        along -= value * pulled[k]
        diagonal += value * this.#decoder[base + j * h + k]
        let row = 0
        for (let l = 0; l < h; l++) row += gram[k * h + l] * A[base + l * d + j]
        squared += value * row
      }
      const length = 1 - 2 * diagonal + squared
      if (!(length > this.#shortest * (1 + squared))) continue
      const taken = (along * along) / length
      if (taken > best.taken) best = { column: j, taken, step: -along / length }
    }
    return best
  }

  /** (A^D)ᵀ r and (A^D)ᵀ A^D of sample i. */
  #decoded(i: number, residual: Float64Array): { pulled: Float64Array; gram: Float64Array } {
    const [d, h, D] = [this.#d, this.#h, this.#decoder]
    const [pulled, gram] = [new Float64Array(h), new Float64Array(h * h)]
    for (let j = 0; j < d; j++) {
      const at = i * d * h + j * h
      for (let k = 0; k < h; k++) {
        const value = D[at + k]
        pulled[k] += value * residual[j]
        for (let l = 0; l <= k; l++) gram[k * h + l] += value * D[at + l]
      }
    }
    for (let k = 0; k < h; k++) for (let l = k + 1; l < h; l++) gram[k * h + l] = gram[l * h + k]
    return { pulled, gram }
  }
}

/** Of each sample 1 where both codes are the same. */
function sameRegions(a: AutoencoderCode, b: AutoencoderCode): Uint8Array {
  const [encoder, decoder] = [a.encoder.equals(b.encoder).dataSync(), a.decoder.equals(b.decoder).dataSync()]
  return Uint8Array.from(encoder, (same, i) => Number(same) & Number(decoder[i]))
}
