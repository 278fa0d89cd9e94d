import {
  cholesky,
  choleskySolve,
  eigh,
  init,
  logDet,
  scope,
  solve,
  symmetricFunction,
  tensor,
} from '@facet/tensor'
import { gpu } from '@facet/tensor/gpu'
import { beforeAll, describe, expect, it } from 'vitest'
import { definite, matrices, noise, read } from '../../testing/matrices.ts'

beforeAll(() => init({ backend: 'gpu' }))

describe('decompositions and solves', () => {
  it('of a batch are those of its matrices', async () => {
    const n = 37
    const each = [definite(n), matrices['eigenvalues ±1'](n), matrices['a NaN'](n)]
    const a = tensor(Float32Array.from(each.flatMap((values) => [...values])), { shape: [3, n, n] })
    const b = tensor(Float32Array.from(noise(3 * n * 2)), { shape: [3, n, 2] })
    const pairs = eigh(a)
    const together = await read([pairs.values, pairs.vectors, choleskySolve(a, b)])
    const right = await b.data()
    for (const [k, values] of each.entries()) {
      const one = tensor(values, { shape: [n, n] })
      const side = tensor(right.slice(k * n * 2, (k + 1) * n * 2), { shape: [n, 2] })
      const alone = eigh(one)
      const apart = await read([alone.values, alone.vectors, choleskySolve(one, side)])
      apart.forEach((want, o) => {
        expect(together[o].slice(k * want.length, (k + 1) * want.length)).toEqual(want)
      })
      for (const t of [one, side]) t.dispose()
    }
    for (const t of [a, b]) t.dispose()
  })

  it('move nothing between host and device, and leave as many textures as there were', async () => {
    const { traffic, liveTextures } = await gpu.backend()
    for (const n of [5, 40]) {
      const a = tensor(definite(n), { shape: [n, n] })
      const b = tensor(Float32Array.from(noise(n)), { shape: [n, 1] })
      const run = (): void => {
        scope(() => {
          for (const f of [cholesky, logDet, eigh]) f(a)
          for (const f of [choleskySolve, solve]) f(a, b)
          symmetricFunction(a, 'sqrt')
        })
      }
      // Kernels keep the textures that they draw into next.
      run()
      const [moved, alive] = [traffic(), liveTextures()]
      run()
      expect(traffic(), `order ${n}`).toEqual(moved)
      expect(liveTextures(), `order ${n}`).toBe(alive)
      for (const t of [a, b]) t.dispose()
    }
  })
})
