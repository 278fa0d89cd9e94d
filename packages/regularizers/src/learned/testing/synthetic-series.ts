import { key, type Tensor, tensor } from '@facet/tensor'

/** A template of a few swings, u from 0 to 1. */
const template = (u: number): number =>
  Math.sin(2 * Math.PI * u) + 0.6 * Math.cos(6 * Math.PI * u + 0.5) + 0.4 * Math.sin(10 * Math.PI * u)

/** Smooth on [0, 1]: three waves with random amounts, of deviation `size`. */
function smoothFields(count: number, size: number, seed: string): ((u: number) => number)[] {
  return Array.from({ length: count }, (_, n) => {
    const [a, b, c, shift] = key(seed).child(n).normalArray(4)
    return (u) =>
      (size / Math.sqrt(1.5)) *
      (a * Math.cos(2 * u + shift) + b * Math.sin(4 * u + shift) + c * Math.cos(6 * u - shift))
  })
}

const seriesOf = (count: number, length: number, at: (n: number, u: number) => number): Tensor =>
  tensor(
    Array.from({ length: count }, (_, n) => Array.from({ length }, (_, t) => at(n, t / (length - 1)))),
    { dtype: 'float64' },
  )

/** Random smooth warps of one template, [count, length] in float64. */
export function warpedSeries(count: number, length: number, size = 0.02, seed = 'warps'): Tensor {
  const fields = smoothFields(count, size, seed)
  return seriesOf(count, length, (n, u) => template(u + fields[n](u)))
}

/** The template times exp of random smooth fields, [count, length] in float64. */
export function modulatedSeries(count: number, length: number, size = 0.3, seed = 'amplitudes'): Tensor {
  const fields = smoothFields(count, size, seed)
  return seriesOf(count, length, (n, u) => template(u) * Math.exp(fields[n](u)))
}
