import { layer } from './float64.ts'
import { randomArray } from './random-array.ts'
import type { Arrays, LocalAffineWork } from './work.ts'

/** `x`, and `weight0`, `bias0`, … of every layer. */
export function localAffineInputs({ batch, sizes }: LocalAffineWork): Arrays {
  const arrays: Record<string, Arrays[string]> = { x: randomArray('local x', [batch, sizes[0]]) }
  for (let l = 1; l < sizes.length; l++) {
    arrays[`weight${l - 1}`] = randomArray(
      `local weight ${l}`,
      [sizes[l], sizes[l - 1]],
      Math.sqrt(2 / sizes[l - 1]),
    )
    arrays[`bias${l - 1}`] = randomArray(`local bias ${l}`, [sizes[l]], 0.1)
  }
  return arrays
}

/** `A [batch, out, in]` and then `b [batch, out]` (Eq. 5), by pushing unit vectors and the origin through each sample's states. */
export function localAffineExpected(work: LocalAffineWork): Float64Array {
  const { batch, sizes } = work
  const inputs = localAffineInputs(work)
  const [width, outputs] = [sizes[0], sizes[sizes.length - 1]]
  const linear = new Float64Array(batch * outputs * width)
  const offset = new Float64Array(batch * outputs)
  for (let sample = 0; sample < batch; sample++) {
    let x: ArrayLike<number> = inputs.x.values.subarray(sample * width, (sample + 1) * width)
    let columns: Float64Array = Float64Array.from({ length: width * width }, (_, i) =>
      Number(i % (width + 1) === 0),
    )
    let origin = new Float64Array(width)
    for (let l = 0; l + 1 < sizes.length; l++) {
      const weight = inputs[`weight${l}`].values
      const bias = inputs[`bias${l}`].values
      const units = sizes[l + 1]
      const pre = layer(x, weight, bias, 1, sizes[l])
      const on = (unit: number) => l + 2 === sizes.length || pre[unit] > 0
      x = pre.map((p, unit) => (on(unit) ? p : 0))
      columns = layer(columns, weight, new Float64Array(units), width, sizes[l]).map((p, i) =>
        on(i % units) ? p : 0,
      )
      origin = layer(origin, weight, bias, 1, sizes[l]).map((p, unit) => (on(unit) ? p : 0))
    }
    for (let j = 0; j < outputs; j++) {
      offset[sample * outputs + j] = origin[j]
      for (let i = 0; i < width; i++) linear[(sample * outputs + j) * width + i] = columns[i * outputs + j]
    }
  }
  const both = new Float64Array(linear.length + offset.length)
  both.set(linear)
  both.set(offset, linear.length)
  return both
}
