import {
  add,
  exp,
  full,
  init,
  key,
  matmul,
  mul,
  ones,
  rows,
  scope,
  sum,
  type Tensor,
  tensor,
  updateInPlace,
  zeros,
} from '@facet/tensor'
import { gpu } from '@facet/tensor/gpu'
import { beforeAll, describe, expect, it } from 'vitest'
import { Device } from './device.ts'
import { Runner } from './runner.ts'
import { wholeOf } from './texture-storage.ts'
import { Transfer } from './transfer.ts'

beforeAll(() => init({ backend: 'gpu' }))

describe('textures', () => {
  it('are as many after 10,000 steps as after 10', async () => {
    const { liveTextures } = await gpu.backend()
    const weights = key('weights').normal([8, 8])
    const velocity = zeros([8, 8])
    const step = (): void =>
      scope(() => {
        const y = exp(mul(matmul(weights, weights), 0.01))
        const terms = [add(y, weights)]
        updateInPlace('sgd', { parameter: weights, velocity }, terms, {
          learningRate: 1e-6,
          momentum: 0.9,
          weightDecay: 0,
        })
      })
    for (let i = 0; i < 10; i++) step()
    const after10 = liveTextures()
    for (let i = 10; i < 10_000; i++) step()
    expect(liveTextures()).toBe(after10)
    expect((await weights.data()).every(Number.isFinite)).toBe(true)
    for (const t of [weights, velocity]) t.dispose()
  })

  it('are given back with their tensors, and with the last of those who share one', async () => {
    const { liveTextures } = await gpu.backend()
    // The kernel keeps the texture that it draws into next.
    mul(ones([40, 40]), 3).dispose()
    const before = liveTextures()
    const all = Array.from({ length: 5 }, () => ones([40, 40]))
    expect(liveTextures()).toBeGreaterThanOrEqual(before + 4)
    const part = rows(all[0], 0, 10)
    for (const t of all) t.dispose()
    expect(await sum(part).data()).toEqual(Float32Array.of(400))
    part.dispose()
    expect(liveTextures()).toBeLessThanOrEqual(before + 4)
  })

  it('cannot be used after release', () => {
    const t = ones([3])
    t.dispose()
    expect(() => add(t, t)).toThrow('tensor [3] float32 was used after its release')
  })

  it('outlive the kernel that drew them, also where it drew several', async () => {
    const device = await Device.open()
    const runner = new Runner(device, 2)
    const transfer = new Transfer(runner)
    const from = runner.storage('float32', 8)
    transfer.upload(
      from,
      Float32Array.from({ length: 8 }, (_, i) => i),
    )
    const run = (factor: number) => {
      const outputs = [runner.storage('float32', 8), runner.storage('float32', 8)]
      const source = `vec4 texel(int i) { more1 = four_a(i) * ${factor + 1}.0; return four_a(i) * ${factor}.0; }`
      runner.run({
        key: `times ${factor}`,
        inputs: [wholeOf(from)],
        outputs,
        body: () => ({ kind: 'texel', source }),
      })
      return outputs
    }
    const kept = Array.from({ length: 6 }, (_, k) => run(k + 1))
    expect(runner.kernels).toBe(2)
    for (const [k, outputs] of kept.entries()) {
      for (const [more, output] of outputs.entries())
        expect(transfer.readSync(wholeOf(output))[3]).toBe(3 * (k + 1 + more))
    }
    const full = device.liveTextures()
    for (const output of kept.flat()) runner.release(output)
    // The two kernels that are left keep what they drew last.
    expect(device.liveTextures()).toBe(full - (12 - (device.drawsSeveral ? 4 : 2)))
    expect(device.gl.getError()).toBe(0)
  })
})

describe('what moves between host and device', () => {
  const counted = async (f: () => void | Promise<void>) => {
    const { traffic } = await gpu.backend()
    const before = traffic()
    await f()
    const after = traffic()
    return { uploads: after.uploads - before.uploads, readbacks: after.readbacks - before.readbacks }
  }

  it('is what was given and what was asked for', async () => {
    const x = tensor([1, 2, 3])
    expect(
      await counted(async () => {
        const y = exp(mul(add(x, x), 0.5))
        await y.data()
        y.dataSync()
      }),
    ).toEqual({ uploads: 1, readbacks: 2 })
    // The number 0.5 is there by now.
    expect(await counted(() => void mul(x, 0.5).dispose())).toEqual({ uploads: 0, readbacks: 0 })
    expect(await counted(() => void mul(zeros([50]), full([50], 2)).dispose())).toEqual({
      uploads: 0,
      readbacks: 0,
    })
  })

  it('is a part where a part is asked for', async () => {
    const { traffic } = await gpu.backend()
    const x = tensor(Float32Array.from({ length: 10_000 }, (_, i) => i))
    const before = traffic().readElements
    expect(Array.from(await rows(x, 5001, 5008).data())).toEqual([5001, 5002, 5003, 5004, 5005, 5006, 5007])
    expect(traffic().readElements - before).toBe(7)
  })

  it('is exact for whole numbers of 32 bits', async () => {
    const values = Int32Array.of(-1, 2 ** 31 - 1, -(2 ** 31), 2 ** 24 + 1)
    expect(await tensor(values).data()).toEqual(values)
    const words = Uint32Array.of(2 ** 32 - 1, 0x7fc00001, 2 ** 24 + 1)
    expect(await tensor(words).data()).toEqual(words)
  })
})

describe('what a device cannot hold', () => {
  it('is refused with its limits', async () => {
    const { device } = await gpu.backend()
    expect(device.mostElements).toBe(4 * device.longestSide ** 2)
    expect(() => zeros([device.longestSide, device.longestSide, 5])).toThrow(
      `at most ${device.longestSide} × ${device.longestSide} texels, ${device.mostElements} elements`,
    )
  })

  it('is refused in float64', () => {
    expect(() => zeros([2], 'float64')).toThrow('gpu: expected float32, int32, uint32 or bool, got float64')
  })
})

it('a matrix longer than the longest side of a texture is a matrix like any other', async () => {
  const { device } = await gpu.backend()
  const long = device.longestSide + 3
  const x = ones([2, long])
  const products: Tensor = matmul(x, x, { transposeB: true })
  expect(Array.from(await products.data())).toEqual([long, long, long, long])
  expect(await sum(x).data()).toEqual(Float32Array.of(2 * long))
})
