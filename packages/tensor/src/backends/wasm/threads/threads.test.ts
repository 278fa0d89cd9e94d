import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { reluActivation } from '../../../activation.ts'
import { zeros } from '../../../creation.ts'
import { init } from '../../../init.ts'
import { add, affine, matmul, sum } from '../../../ops/index.ts'
import { key } from '../../../random/key.ts'
import { record } from '../../../record.ts'
import { scope } from '../../../scope.ts'
import { forbidCompiling } from '../../../testing/forbid-compiling.ts'
import { conformance } from '../../conformance/conformance.ts'
import { type WasmBackend, wasmBackend } from '../index.ts'
import { hasRelaxedSimd } from '../module.ts'
import { processors } from './processors.ts'
import { sharing } from './shared.ts'
import { expectSameOnTwoThreads, numbers } from './testing.ts'

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
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })

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

  const program = new URL('../../../../kernels/thread.js', import.meta.url)

  it.skipIf(!hasTwo)('start from a file of their program, where its address is given', async () => {
    const product = (): unknown =>
      matmul(numbers('float32', [64, 512]), numbers('float32', [512, 512], 1)).dataSync()
    await init({ relaxedSimd: false })
    const expected = product()
    for (const worker of [program, program.href, fileURLToPath(program)]) {
      // Ends those that run.
      await init({ backend: 'reference' })
      const warn = vi.spyOn(console, 'warn')
      expect(await init({ relaxedSimd: false, threads: 2, worker })).toMatchObject({
        name: 'wasm',
        threads: 2,
      })
      expect(warn).not.toHaveBeenCalled()
      expect(product()).toEqual(expected)
    }
  })

  it.each([5, null, {}, []])('refuse %j as the address of their program', async (worker) => {
    await expect(init({ threads: 1, worker: worker as never })).rejects.toThrow(
      'init: worker: expected the address of a file, a text or a URL, got ',
    )
  })

  describe.skipIf(!hasTwo)('that cannot be had leave the work to one,', () => {
    beforeEach(() => void vi.resetModules())

    /** What `init` gives, three times over, and warns of. */
    async function fallsBack(options: object): Promise<{ made: string[]; warnings: unknown[] }> {
      const warn = vi.spyOn(console, 'warn').mockReturnValue()
      const { init, matmul, ones } = await import('../../../index.ts')
      const made: string[] = []
      for (let i = 0; i < 3; i++) {
        const { name, threads } = (await init({ threads: 2, ...options })) as WasmBackend
        made.push(`${name} ${threads}`)
        expect(matmul(ones([64, 512]), ones([512, 512])).dataSync()[0]).toBe(512)
      }
      return { made: [...new Set(made)], warnings: warn.mock.calls.flat() }
    }

    it.each([{}, { backend: 'wasm' }])(
      'with one warning, on a page that shares no memory, %j',
      async (options) => {
        vi.stubGlobal('crossOriginIsolated', false)
        expect(await fallsBack(options)).toEqual({
          made: ['wasm 1'],
          warnings: [
            'init: threads: the page may not share memory between threads: its server must send the headers Cross-Origin-Opener-Policy: ' +
              'same-origin and Cross-Origin-Embedder-Policy: require-corp; computing on one thread',
          ],
        })
      },
    )

    it('with one warning, where there is no file of their program', async () => {
      const { made, warnings } = await fallsBack({ worker: new URL('none.js', program) })
      expect(made).toEqual(['wasm 1'])
      expect(warnings).toEqual([
        expect.stringMatching(
          /^init: threads: the engine starts no thread: .*none\.js.*; computing on one thread$/s,
        ),
      ])
    })

    it('with one warning, where the file is of another version', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'facet-thread-'))
      const worker = join(folder, 'thread.cjs')
      const { version } = await import('./worker.generated.ts')
      writeFileSync(worker, readFileSync(program, 'utf8').replaceAll(version, '0123456789ab'))
      try {
        expect(await fallsBack({ worker })).toEqual({
          made: ['wasm 1'],
          warnings: [
            `init: threads: the engine starts no thread: expected the program of version ${version} at ${worker}, got version 0123456789ab; computing on one thread`,
          ],
        })
      } finally {
        rmSync(folder, { recursive: true })
      }
    })

    it.each([
      ['says nothing for half a minute', 'setInterval(() => {}, 1e6)', 'within 30 s', 300],
      ['ends without a word', '', 'before it ended', 30_000],
    ])('with one warning, where the program %s', async (_, text, when, patience) => {
      const folder = mkdtempSync(join(tmpdir(), 'facet-thread-'))
      const worker = join(folder, 'thread.cjs')
      writeFileSync(worker, text)
      const { setTimeout: later } = globalThis
      const waits: unknown[] = []
      vi.spyOn(globalThis, 'setTimeout').mockImplementation(((f: () => void, ms: number) => {
        if (ms >= 10_000) waits.push(ms)
        return later(f, ms === 30_000 ? patience : ms)
      }) as never)
      try {
        expect(await fallsBack({ worker })).toEqual({
          made: ['wasm 1'],
          warnings: [
            `init: threads: the engine starts no thread: expected an answer of the program at ${worker} ${when}, got none; it must be @facet/tensor/kernels/thread.js; computing on one thread`,
          ],
        })
        expect(waits).toEqual([30_000, 30_000, 30_000])
      } finally {
        vi.restoreAllMocks()
        rmSync(folder, { recursive: true })
      }
    })

    it('until it has a file from which they start', async () => {
      const warn = vi.spyOn(console, 'warn').mockReturnValue()
      const { init } = await import('../../../index.ts')
      const none = new URL('none.js', program)
      expect(await init({ threads: 2, worker: none })).toMatchObject({ threads: 1 })
      expect(await init({ threads: 2, worker: program })).toMatchObject({ threads: 2 })
      expect(warn).toHaveBeenCalledTimes(1)
      await init({ backend: 'reference' })
    })

    it('with one warning, where kernels came compiled and none may be compiled for several', async () => {
      const kernels = await WebAssembly.compile(readFileSync(new URL('core.wasm', program)))
      forbidCompiling()
      const { made, warnings } = await fallsBack({ kernels })
      expect(made).toEqual(['wasm 1'])
      expect(warnings).toEqual([
        expect.stringMatching(
          /^init: backend 'wasm': the engine refuses WebAssembly SIMD: .*; computing on one thread$/,
        ),
      ])
    })

    it.each(['core.wasm', 'core.wasm, convolution.wasm'])(
      'but not where bytes are given: %s',
      async (names) => {
        const kernels = names.split(', ').map((name) => readFileSync(new URL(name, program)))
        const warn = vi.spyOn(console, 'warn')
        const { init, conv2d, ones, sum } = await import('../../../index.ts')
        expect(await init({ threads: 2, kernels })).toMatchObject({ name: 'wasm', threads: 2 })
        expect(sum(conv2d(ones([8, 16, 32, 32]), ones([16, 16, 3, 3]))).item()).toBe(
          8 * 16 * 30 * 30 * 16 * 9,
        )
        expect(warn).not.toHaveBeenCalled()
        await init({ backend: 'reference' })
      },
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
