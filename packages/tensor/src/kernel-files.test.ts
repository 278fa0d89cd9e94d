import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { hasRelaxedSimd } from './backends/wasm/module.ts'
import { forbidCompiling } from './testing/forbid-compiling.ts'

// Node has it from 22 on; 20 behind this flag.
if (!hasRelaxedSimd()) setFlagsFromString('--experimental-wasm-relaxed-simd')

const folder = new URL('../kernels/', import.meta.url)
const addressOf = (name: string): URL => new URL(`${name}.wasm`, folder)
const bytesOf = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(addressOf(name)))
const moduleOf = (name: string): Promise<WebAssembly.Module> => WebAssembly.compile(bytesOf(name))

/** The file as one of another version. */
const aged = (name: string): Uint8Array<ArrayBuffer> => {
  const bytes = bytesOf(name)
  bytes.set(new TextEncoder().encode('0123456789ab'), bytes.length - 12)
  return bytes
}

/** The smallest module, and one with an export: neither is of ours. */
const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)
const stranger = Uint8Array.of(...empty, 5, 3, 1, 0, 0, 7, 7, 1, 3, 109, 101, 109, 2, 0)

type Engine = typeof import('./index.ts')
let engine: Engine

// Backends and what was given are kept for as long as the engine is there.
beforeEach(async () => {
  vi.resetModules()
  engine = await import('./index.ts')
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** Bits of products, of what else there is, and of an update. */
function bits({ affine, exp, full, key, matmul, reluActivation, updateInPlace }: Engine): unknown[] {
  const [x, w] = [key(1).normal([40, 70]), key(2).normal([50, 70])]
  const [parameter, velocity] = [key(4).normal([40, 50]), full([40, 50], 0.1)]
  const { output, code } = affine(x, w, full([50], 0.5), reluActivation)
  updateInPlace('sgd', { parameter, velocity }, [output], {
    learningRate: 0.1,
    momentum: 0.9,
    weightDecay: 0,
  })
  return [output, code, matmul(x, w, { transposeB: true }), exp(x), parameter].map((t) => t.dataSync())
}

describe('init computes with the kernels that it is given,', () => {
  const server: { at: string; close(): void } = { at: '', close: () => undefined }
  const types: Record<string, string> = { '/typed': 'application/wasm', '/untyped': 'text/plain' }
  beforeAll(async () => {
    const listening: Server = createServer(({ url }, response) => {
      response.writeHead(200, { 'content-type': types[url!] }).end(bytesOf('core'))
    }).listen(0)
    await new Promise((resolve) => listening.once('listening', resolve))
    server.at = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
    server.close = () => listening.close()
  })
  afterAll(() => server.close())

  it.each([
    ['a compiled module', () => moduleOf('core')],
    ['a promise of one', () => Promise.resolve(moduleOf('core'))],
    ['bytes', () => bytesOf('core')],
    ['bytes within longer ones', () => Uint8Array.of(1, 2, 3, ...bytesOf('core'), 4).subarray(3, -1)],
    ['an ArrayBuffer', () => bytesOf('core').buffer],
    ['the address of a file', () => addressOf('core')],
    ['the address of a file as text', () => addressOf('core').href],
    ['an address', () => `${server.at}/typed`],
    ['an address whose server does not say what it is', () => new URL(`${server.at}/untyped`)],
    ['a response', () => fetch(`${server.at}/typed`)],
    ['both builds', () => ({ simd: bytesOf('core'), relaxed: bytesOf('core-relaxed') })],
    ['a list', () => [bytesOf('core'), bytesOf('convolution')]],
  ])('%s, to the bits of those that it carries', async (_, make) => {
    await engine.init({ relaxedSimd: false })
    const expected = bits(engine)
    vi.resetModules()
    const other = await import('./index.ts')
    const kernels = (await make()) as never
    const instantiate = vi.spyOn(WebAssembly, 'instantiate')
    expect((await other.init({ kernels, relaxedSimd: false })).name).toBe('wasm')
    // One module, where a program carries two. Node's `fetch` has one of its own.
    const ours = instantiate.mock.calls.filter(([, imports]) => imports !== undefined && 'Math' in imports)
    expect(ours).toHaveLength(1)
    expect(bits(other)).toEqual(expected)
  })

  it('the one that fuses where both are given, and the plain one where it is alone', async () => {
    const pair = { simd: bytesOf('core'), relaxed: bytesOf('core-relaxed') }
    const computed: unknown[][] = []
    for (const options of [{}, { kernels: pair }, { relaxedSimd: false }, { kernels: pair.simd }]) {
      vi.resetModules()
      const other = await import('./index.ts')
      await other.init(options)
      computed.push(bits(other))
    }
    const [fused, ofBoth, plain, ofPlain] = computed
    expect(ofBoth).toEqual(fused)
    expect(ofPlain).toEqual(plain)
    expect(fused).not.toEqual(plain)
  })

  it('of which only the build that computes is asked for', async () => {
    const asked: string[] = []
    vi.stubGlobal('fetch', async (address: string) => {
      asked.push(address)
      return new Response(bytesOf('core'), { headers: { 'content-type': 'application/wasm' } })
    })
    await engine.init({ kernels: { simd: 'a', relaxed: 'b' }, relaxedSimd: false })
    expect(asked).toEqual(['a'])
  })

  it('and needs to compile nothing where these came compiled', async () => {
    const kernels = [await moduleOf('core'), await moduleOf('convolution')]
    forbidCompiling()
    expect((await engine.init({ kernels })).name).toBe('wasm')
    expect(engine.sum(engine.conv2d(engine.ones([1, 1, 3, 3]), engine.ones([1, 1, 2, 2]))).item()).toBe(16)
    // Given once.
    await engine.init({ backend: 'reference' })
    expect((await engine.init()).name).toBe('wasm')
  })

  it('after a call without them that was refused', async () => {
    const kernels = await moduleOf('core')
    forbidCompiling()
    await expect(engine.init({ backend: 'wasm' })).rejects.toThrow('the engine refuses WebAssembly SIMD')
    expect((await engine.init({ backend: 'wasm', kernels })).name).toBe('wasm')
  })

  it('and says of a family of ops whose kernels are missing how to give them', async () => {
    const kernels = await moduleOf('core')
    forbidCompiling()
    await engine.init({ kernels })
    const { conv2d, ones } = engine
    expect(() => conv2d(ones([1, 1, 3, 3]), ones([1, 1, 2, 2]))).toThrow(
      /^wasm: the engine does not compile the kernels tensor\/convolution, .*; where it may not, give them to init\({ kernels }\) compiled$/,
    )
  })
})

describe('where the engine compiles nothing,', () => {
  it('kernels that are to be compiled are refused as those that a program carries', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue()
    forbidCompiling()
    expect((await engine.init({ kernels: bytesOf('core') })).name).toBe('reference')
    expect(warn).toHaveBeenCalledTimes(1)
    expect(warn.mock.calls[0][0]).toMatch(
      /^init: backend 'wasm': the engine refuses WebAssembly SIMD: .*; computing with 'reference', some ten times slower$/,
    )
    await expect(engine.init({ backend: 'wasm', kernels: bytesOf('core') })).rejects.toThrow(
      'the engine refuses WebAssembly SIMD',
    )
  })
})

describe('init refuses', () => {
  const one =
    'expected a WebAssembly.Module, its bytes, an address or a Response, alone, as { simd, relaxed } or several in a list'
  const some =
    'expected a file of kernels such as @facet/tensor/kernels/core.wasm, got a module that exports '
  it.each([
    ['a number', () => 5, `init: kernels: ${one}, got 5`],
    ['null', () => null, `init: kernels: ${one}, got null`],
    ['another object', () => ({ core: 1 }), `init: kernels: ${one}, got an object with keys core`],
    [
      'an instance',
      () => new WebAssembly.Instance(new WebAssembly.Module(empty)),
      `init: kernels: ${one}, got `,
    ],
    ['a pair of nothing', () => ({ simd: undefined }), `init: kernels: ${one}, got undefined`],
    ['a module of nothing', () => new WebAssembly.Module(empty), `init: kernels: ${some}nothing`],
    ['a module of others', () => new WebAssembly.Module(stranger), `init: kernels: ${some}mem`],
    ['their bytes', () => stranger, `init: kernels: ${some}mem`],
    ['one of them in a list', () => [bytesOf('core'), stranger], `init: kernels: ${some}mem`],
    ['no bytes', () => new Uint8Array(0), 'whose bytes begin with 00 61 73 6d, got no bytes'],
    ['a text', () => new TextEncoder().encode('<!doctype'), 'begin with 00 61 73 6d, got 3c 21 64 6f'],
    [
      'half a file',
      () => bytesOf('core').slice(0, 5000),
      'expected WebAssembly that the engine takes, got: ',
    ],
    [
      'no file',
      () => new URL('none.wasm', folder),
      /^init: kernels: expected a file at .*none\.wasm, got: ENOENT/,
    ],
    ['no address', () => 'core.wasm', 'init: kernels: expected a file at core.wasm, got: '],
    [
      'a page that says that there is none',
      () => new Response('', { status: 404, statusText: 'Not Found' }),
      'init: kernels: expected a file got 404 Not Found',
    ],
    [
      'a file of another version',
      () => aged('core'),
      /^init: kernels: expected tensor\/core of version [0-9a-f]{12}, as this engine calls it, got version 0123456789ab: use the file of the same release$/,
    ],
    [
      'a compiled module of another version',
      () => new WebAssembly.Module(aged('core')),
      'got version 0123456789ab',
    ],
    [
      'a family of another version',
      () => [bytesOf('core'), aged('convolution')],
      /expected tensor\/convolution of version [0-9a-f]{12}, .* got version 0123456789ab/,
    ],
    [
      'the build that was not asked for',
      () => bytesOf('core-relaxed'),
      'init: kernels, with relaxedSimd: false: expected the build simd of tensor/core, got the build relaxed',
    ],
    [
      'one build under the name of the other',
      () => ({ simd: bytesOf('core-relaxed') }),
      'init: kernels.simd: expected the build simd of tensor/core, got the build relaxed',
    ],
  ])('%s', async (_, make, message) => {
    const before = await engine.init({ backend: 'reference' })
    await expect(engine.init({ kernels: make() as never, relaxedSimd: false })).rejects.toThrow(message)
    expect(engine.tensor([1]).toArray()).toEqual([1])
    expect(before.name).toBe('reference')
    // Nothing of what was refused is kept.
    expect((await engine.init({ relaxedSimd: false })).name).toBe('wasm')
  })

  it('kernels for a backend that has no use for them', async () => {
    await expect(engine.init({ backend: 'reference', kernels: bytesOf('core') })).rejects.toThrow(
      "init: kernels: expected none, which 'reference' has no use for, got an object of class Uint8Array",
    )
    await expect(engine.init({ backend: 'reference', worker: 'thread.js' })).rejects.toThrow(
      "init: worker: expected none, which 'reference' has no use for, got 'thread.js'",
    )
  })
})
