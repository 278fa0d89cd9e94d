import { afterAll, expect, it } from 'vitest'
import * as ops from '../../index.ts'

afterAll(() => ops.init())

/** Which of 1800 matrices are NaN: of rank one, less something of the size of what rounding explains along another direction. */
function indefinite(dtype: 'float32' | 'float64'): boolean[] {
  const [batch, said] = [200, [] as boolean[]]
  for (let n = 2; n <= 10; n++) {
    ops.scope(() => {
      const [g, u] = [ops.key(n), ops.key(n + 99)].map((key) => key.normal([batch, n, 1], dtype))
      const size = ops.exp(ops.key(n + 199).normal([batch, 1, 1], dtype))
      const square = (v: ops.Tensor): ops.Tensor => ops.mul(v, ops.transpose(v, [0, 2, 1]))
      const less = ops.mul(ops.mul(size, 64 * ops.machineEpsilon(dtype)), square(u))
      const x = ops.choleskySolve(ops.sub(square(g), less), ops.ones([batch, n, 1], dtype)).dataSync()
      for (let each = 0; each < batch; each++) said.push(Number.isNaN(x[each * n]))
    })
  }
  return said
}

it('choleskySolve draws the line between rounding and a negative eigenvalue where the reference backend draws it', async () => {
  for (const dtype of ['float32', 'float64'] as const) {
    await ops.init({ backend: 'reference' })
    const want = indefinite(dtype)
    await ops.init()
    expect(indefinite(dtype)).toEqual(want)
    const share = want.filter(Boolean).length / want.length
    expect(share).toBeGreaterThan(0.2)
    expect(share).toBeLessThan(0.8)
  }
})
