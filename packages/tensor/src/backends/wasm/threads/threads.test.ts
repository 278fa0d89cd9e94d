import { afterEach, describe, expect, it, vi } from 'vitest'
import { reluActivation } from '../../../activation.ts'
import { zeros } from '../../../creation.ts'
import { init } from '../../../init.ts'
import { add, affine, matmul, sum } from '../../../ops/index.ts'
import { key } from '../../../random/key.ts'
import { record } from '../../../record.ts'
import { scope } from '../../../scope.ts'
import { conformance } from '../../conformance/conformance.ts'
import { type WasmBackend, wasmBackend } from '../index.ts'
import { hasRelaxedSimd } from '../module.ts'
import { sharing } from './shared.ts'
import { expectSameOnTwoThreads, numbers } from './testing.ts'
import { processors } from './worker.ts'

const hasTwo = processors() > 1
const start = (): Promise<WasmBackend> =>
  init({ backend: 'wasm', relaxedSimd: false, threads: 2 }) as Promise<WasmBackend>

describe.skipIf(!hasTwo)('two threads', () => {
  const only = [
    'matmul',
    'affine',
    'activate',
    'applySlopes',
    'add',
    'exp',
    'sum',
    'the update sgd',
    'the update adam',
  ]
  const options = { dtypes: ['float32', 'float64'] as const, init: { relaxedSimd: false, threads: 2 }, only }
  conformance('wasm', options, { describe, it })

  it('replay a step that is forked, with the bits and the calls of one thread', async () => {
    const calls: number[] = []
    await expectSameOnTwoThreads(() => {
      const [x, weight, bias] = [
        numbers('float32', [32, 500]),
        numbers('float32', [700, 500], 1),
        zeros([700]),
      ]
      const step = key('step')
      const { recording, obstacle } = record(step, () => {
        const { output } = affine(add(x, step.child('noise').normal(x.shape)), weight, bias, reluActivation)
        return matmul(output, weight)
      })
      expect(obstacle).toBeNull()
      recording!.replay(key('another step'))
      recording!.replay(step)
      calls.push(recording!.calls)
      return [recording!.result]
    })
    expect(calls[1]).toBe(calls[0])
  })

  it('see memory that has grown since they began', async () => {
    const backend = await start()
    const [a, b] = [numbers('float32', [64, 512]), numbers('float32', [512, 512], 1)]
    const before = matmul(a, b).dataSync()
    const reached = backend.peakBytes
    const large = zeros([reached >> 2])
    expect(backend.peakBytes).toBeGreaterThan(2 * reached - 1)
    const [c, d] = [numbers('float32', [64, 512]), numbers('float32', [512, 512], 1)]
    expect(matmul(c, d).dataSync()).toEqual(before)
    expect(sum(large).item()).toBe(0)
    large.dispose()
  })

  it('end when another backend is chosen, whose tensors they leave alone, and begin again', async () => {
    const expected: number[] = []
    for (let i = 0; i < 3; i++) {
      await start()
      const product = scope(() => matmul(numbers('float32', [64, 512]), numbers('float32', [512, 512], 1)))
      await init({ backend: 'reference' })
      expect(() => add(product, 1)).toThrow("lives on 'wasm', the active backend is 'reference'")
      await init({ backend: 'wasm' })
      expect(() => add(product, 1)).toThrow(
        "add: a tensor lives on 'wasm', the active backend is another 'wasm', of other options of init",
      )
      expected.push(product.dataSync()[1000])
    }
    expect(new Set(expected).size).toBe(1)
  })

  it('are one backend for one number of them', async () => {
    expect(await start()).toBe(await start())
    expect(await start()).not.toBe(await init({ backend: 'wasm', relaxedSimd: false }))
  })
})

describe('threads', () => {
  afterEach(() => void vi.unstubAllGlobals())

  it.each([0, -1, 1.5, '2', 100_000, null])('are refused if there are to be %j', async (threads) => {
    await expect(init({ threads: threads as number })).rejects.toThrow(
      `init: threads: expected a whole number from 1 to ${processors()}, the processors there are, got `,
    )
    await expect(init({ threads: threads as number })).rejects.toThrow(RangeError)
  })

  it('are refused for a backend without them', async () => {
    await expect(init({ backend: 'reference', threads: 2 })).rejects.toThrow(
      "init: threads: expected a whole number from 1 to 1, all that 'reference' has, got 2",
    )
  })

  it('need a page whose server isolates it, and say so', async () => {
    vi.stubGlobal('crossOriginIsolated', false)
    await expect(wasmBackend({ relaxedSimd: false, threads: 2 })).rejects.toThrow(
      /its server must send the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp/,
    )
    vi.stubGlobal('crossOriginIsolated', undefined)
    vi.stubGlobal('SharedArrayBuffer', undefined)
    await expect(wasmBackend({ relaxedSimd: false, threads: 2 })).rejects.toThrow(
      /Cross-Origin-Opener-Policy/,
    )
  })

  it('are one by default, on a memory of its own', async () => {
    expect(await init({ threads: 1 })).toBe(await init())
    expect(await init({ threads: 1 })).toBe(await wasmBackend({ relaxedSimd: hasRelaxedSimd() }))
  })

  it('cannot share the memory of a module that sets no maximum', () => {
    expect(() => sharing(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))).toThrow('build the kernels again')
  })
})
