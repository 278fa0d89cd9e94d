import type { Layer } from './layers/layer.ts'
import { sumOf } from './list.ts'
import type { Model } from './model.ts'

/** In which inputs the error of a point lies. */
export interface Blame {
  readonly shares: readonly number[]
  /** The input whose change alone takes away most, −1 for none; how much of it, and the change. */
  readonly input: number
  readonly share: number
  readonly step: number
}

const dot = (a: Float64Array, b: ArrayLike<number>): number => sumOf(a, (value, i) => value * b[i])

/** `explain` of `@facet/models`: shares of the squared error, and the input whose change within the local map takes away most of it. */
export function blame({ encoder, decoder, shortest }: Model, x: Float64Array): Blame {
  const made = decoder.run(encoder.run(x))
  const residual = x.map((value, j) => value - made[j])
  const whole = dot(residual, residual)
  /** Columns of the Jacobian. */
  const columnsOf = ({ inputs, run }: Layer) =>
    Array.from({ length: inputs }, (_, j) => run(new Float64Array(inputs).fill(1, j, j + 1), true))
  const images = columnsOf(decoder)
  const pulled = images.map((image) => dot(image, residual))
  const gram = images.map((image) => images.map((other) => dot(image, other)))
  let [input, most, step] = [-1, 0, 0]
  columnsOf(encoder).forEach((code, j) => {
    const along = residual[j] - dot(code, pulled)
    const squared = sumOf(code, (value, k) => value * dot(code, gram[k]))
    const length = 1 - 2 * sumOf(code, (value, k) => value * images[k][j]) + squared
    const taken = along ** 2 / length
    if (length > shortest * (1 + squared) && taken > most) [input, most, step] = [j, taken, -along / length]
  })
  return {
    shares: Array.from(residual, (value) => value ** 2 / (whole || 1)),
    input,
    share: Math.min(1, most / whole),
    step,
  }
}
