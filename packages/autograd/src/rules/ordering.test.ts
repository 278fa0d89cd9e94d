import {
  argsort,
  cast,
  init,
  keep,
  key,
  mul,
  sort,
  square,
  sum,
  type Tensor,
  takeAlongAxis,
  tensor,
  topK,
} from '@facet/tensor'
import { record } from '@facet/tensor/dispatch'
import { beforeEach, describe, expect, it } from 'vitest'
import { checkGradients } from '../check-gradients.ts'
import { grad } from '../grad.ts'
import { jvp } from '../jvp.ts'
import { f64, slope, wave } from '../testing/close.ts'

beforeEach(() => init())

describe('what is sorted carries its derivative along', () => {
  const weighted = (y: Tensor): Tensor => mul(y, f64([1, 2, 3]))

  it('in both directions, and what topK leaves out has the slope 0', () => {
    const x = f64([5, 1, 3])
    expect(slope((q) => weighted(sort(q)), x)).toEqual([3, 1, 2])
    expect(slope((q) => weighted(sort(q, 0, { descending: true })), x)).toEqual([1, 3, 2])
    expect(slope((q) => mul(topK(q, 2).values, f64([1, 2])), x)).toEqual([1, 0, 2])
    expect(slope((q) => topK(q, 0).values, x)).toEqual([0, 0, 0])
    expect(jvp((q: Tensor) => sort(q), x, f64([10, 20, 30])).tangent.toArray()).toEqual([20, 30, 10])
  })

  it('of equal elements each has the slope of the place that it came to', () => {
    expect(slope((q) => weighted(sort(q)), f64([2, 2, 2]))).toEqual([1, 2, 3])
    expect(slope((q) => topK(q, 1).values, f64([2, 2, 2]))).toEqual([1, 0, 0])
    expect(slope((q) => weighted(sort(q)), f64([Number.NaN, 0, -0]))).toEqual([3, 1, 2])
  })

  it('along any axis, as often as one likes', () => {
    const x = wave([3, 4])
    for (const axis of [0, 1, -1]) {
      const f = (q: Tensor) => square(topK(square(q), 2, axis).values)
      checkGradients(f, x)
      checkGradients((q: Tensor) => grad((p: Tensor) => sum(f(p)))(q), x)
    }
  })

  it('the places are constant: argsort stops a gradient, taking by it does not', () => {
    const x = f64([5, 1, 3])
    expect(slope((q) => weighted(takeAlongAxis(q, argsort(q))), x)).toEqual([3, 1, 2])
    expect(slope((q) => mul(q, cast(argsort(q), 'float64')), x)).toEqual([1, 2, 0])
  })

  it('float32 and long rows too, where many lie in one line', () => {
    const x = tensor(Float32Array.from({ length: 1000 }, (_, i) => (i * 387) % 1000))
    const places = tensor(Float32Array.from({ length: 1000 }, (_, i) => i))
    expect(slope((q) => mul(sort(q), places), x)).toEqual([...x.dataSync()])
  })

  it('is replayed with its gradient, without a look at the numbers', async () => {
    await init({ backend: 'wasm' })
    const step = key('step')
    const run = (from: ReturnType<typeof key>): Tensor =>
      grad((q: Tensor) => sum(square(topK(q, 30).values)))(from.normal([4, 100]))
    const { recording, obstacle } = record(step, () => keep(run(step)))
    expect(obstacle).toBeNull()
    recording!.replay(key('a'))
    expect(recording!.result.dataSync()).toEqual(run(key('a')).dataSync())
    recording!.dispose()
  })
})
