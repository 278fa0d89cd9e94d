import { beforeAll, describe, expect, it } from 'vitest'
import { rewrite } from '../../creation.ts'
import { conv2d, convTranspose2d, convWeight2d, init, keep, key, type Tensor, tensor } from '../../index.ts'
import { record } from '../../record.ts'
import { scope } from '../../scope.ts'

beforeAll(() => init({ backend: 'wasm' }))

const values = (count: number, from: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.sin(1 + 0.7 * (i + from)))

const image = (shape: readonly number[], from: number, dtype: 'float32' | 'float64'): Tensor =>
  tensor(
    values(
      shape.reduce((a, b) => a * b, 1),
      from,
    ),
    { shape, dtype },
  )

const options = { stride: [2, 1], padding: 1, dilation: [1, 2] } as const

describe('in a recorded step', () => {
  it.each(['float32', 'float64'] as const)(
    'convolutions and both adjoints compute again what they would compute, %s',
    (dtype) => {
      const [x, weight] = [keep(image([3, 2, 9, 8], 0, dtype)), keep(image([5, 2, 3, 3], 3, dtype))]
      const step = (): Tensor[] => {
        const y = conv2d(x, weight, options)
        return [
          y,
          convTranspose2d(y, weight, { ...options, outputPadding: [0, 0] }),
          convWeight2d(x, y, { ...options, kernel: 3 }),
        ]
      }
      const { recording, obstacle } = record(key('step'), () => step().map((t) => keep(t)))
      expect(obstacle).toBeNull()
      const before = recording!.result.map((t) => t.dataSync().slice())
      rewrite(x, image(x.shape, 100, dtype).dataSync())
      rewrite(weight, image(weight.shape, 200, dtype).dataSync())
      recording!.replay(key('step'))
      const want = step().map((t) => t.dataSync())
      expect(recording!.result.map((t) => t.dataSync())).toEqual(want)
      expect(want).not.toEqual(before)
      for (const t of recording!.result) t.dispose()
      recording!.dispose()
    },
  )

  it('the memory is that of the first step after a hundred more', async () => {
    const backend = (await init({ backend: 'wasm' })) as unknown as { readonly peakBytes: number }
    const [x, weight] = [keep(image([4, 3, 20, 20], 0, 'float32')), keep(image([8, 3, 3, 3], 3, 'float32'))]
    const step = (): void =>
      scope(() => {
        const y = conv2d(x, weight, options)
        convTranspose2d(y, weight, { ...options, outputPadding: [1, 0] })
        convWeight2d(x, y, { ...options, kernel: 3 })
      })
    step()
    const { peakBytes } = backend
    for (let i = 0; i < 100; i++) step()
    expect(backend.peakBytes).toBe(peakBytes)
  })
})
