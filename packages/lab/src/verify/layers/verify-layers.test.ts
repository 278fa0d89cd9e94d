import { describe, expect, it } from 'vitest'
import { engineNames, startEngine } from '../../engine.ts'
import type { Json } from '../../network-file/json.ts'
import { goldenFile, type JsonObject, placesOf } from '../testing/golden-files.ts'
import { madeLayersFile, madeLayersFiles } from '../testing/made-layers.ts'
import { at, put } from '../testing/paths.ts'
import { verify } from '../verify.ts'

await startEngine()
const files = new Map(madeLayersFiles.map((name) => [name, JSON.stringify(madeLayersFile(name))]))
const made = (start: string): JsonObject =>
  JSON.parse([...files].find(([name]) => name.startsWith(start))![1])

const check = (file: JsonObject) => verify('file', JSON.stringify(file))

describe('facet verify, of layers', () => {
  it.each(madeLayersFiles)('agrees with plain loops on %s, on every backend in both dtypes', async (name) => {
    for (const backend of engineNames)
      for (const dtype of ['float64', 'float32'] as const) {
        const { failed, error, quantities } = await verify(name, files.get(name)!, { backend, dtype })
        expect({ backend, dtype, failed, error }).toEqual({ backend, dtype, failed: [], error: undefined })
        expect(Object.keys(quantities)).toEqual(
          expect.arrayContaining(['stateLayers', 'output', 'states', 'A', 'b', 'meanSquaredNormA.value']),
        )
      }
  })

  it('holds values to 1e-10 and gradients to 1e-8', async () => {
    const file = made('nested residual')
    const { expect: expected } = file as { expect: JsonObject }
    const entries = [
      ...placesOf(expected, '').filter(({ quantity }) => /^(output|A|b|\w+\.value)$/.test(quantity)),
      ...placesOf(expected, '').filter(({ quantity }) => quantity.includes('.grad.')),
    ]
    const first = new Map(
      entries.filter(({ value }) => Math.abs(Number(value)) > 1e-2).map((e) => [e.quantity, e]),
    )
    const tolerance = (quantity: string) => (quantity.includes('.grad.') ? 1e-8 : 1e-10)
    for (const { quantity, value, set } of first.values())
      set((value as number) * (1 + 0.5 * tolerance(quantity)))
    expect((await check(file)).failed).toEqual([])
    for (const { quantity, value, set } of first.values())
      set((value as number) * (1 + 2 * tolerance(quantity)))
    const { failed } = await check(file)
    expect(failed).toEqual(expect.arrayContaining([...first.keys()].filter((name) => name !== 'stateLayers')))
    expect(failed.length).toBeGreaterThan(20)
  })

  it('notices a change of any kind of number that a file expects', async () => {
    for (const name of madeLayersFiles) {
      const file = made(name)
      const places = new Map(
        placesOf(file.expect, '')
          .filter(({ value }) => Math.abs(value as number) > 1e-12)
          .map((place) => [place.quantity, place]),
      )
      for (const { value, set } of places.values()) set((value as number) * 1.001)
      expect((await check(file)).failed.toSorted()).toEqual([...places.keys()].toSorted())
    }
  })

  it('notices another state of one unit, and another path of a layer with states', async () => {
    const file = goldenFile('layers_mixed')
    const states = at(file, 'expect.states.4.2') as unknown as number[]
    states[states.length - 1] += 1
    expect((await check(file)).failed).toEqual(['states'])
    put(file, 'expect.stateLayers.1', [1, 1])
    expect((await check(file)).failed).toEqual(['stateLayers', 'states'])
  })

  it.each([
    ['layers.0.W.1.1.0.1', -0.75],
    ['layers.0.b.2', 0.125],
    ['layers.0.alpha', 0.2],
    ['layers.0.activation', 'relu'],
    ['layers.0.padding', [1, 1]],
    ['layers.0.stride', [2, 2]],
    ['layers.1.size', [1, 2]],
    ['layers.1.stride', [2, 1]],
    ['layers.1.kind', 'averagePool2d'],
    ['layers.3.activation', 'relu'],
    ['input.shape', [2, 5, 6]],
    ['x.1.7', 3],
  ] as const)('notices another %s', async (path, value) => {
    const file = made('convolution, overlapping')
    put(file, path, value)
    expect((await check(file)).pass).toBe(false)
  })

  it('takes the width of the first W for the input where a file names none', async () => {
    for (const name of ['maxout, nested', 'layers_residual_dense']) {
      const file = name.startsWith('layers') ? goldenFile(name) : made(name)
      delete file.input
      expect((await check(file)).failed).toEqual([])
    }
  })

  it.each([
    ['A', 'expect.A', undefined, 'not in the file'],
    ['meanSquaredOutput.value', 'expect.meanSquaredOutput.value', undefined, 'not in the file'],
    ['meanSquaredOutput.grad.4', 'expect.meanSquaredOutput.grad.4', undefined, 'not in the file'],
    ['meanSquaredNormA.grad.0.b', 'expect.meanSquaredNormA.grad.0.b', undefined, 'not in the file'],
    ['meanSquaredNormA.grad.1.W', 'expect.meanSquaredNormA.grad.1.W', [1], 'not a quantity'],
    ['trace', 'expect.trace', [1], 'not a quantity'],
    ['A', 'expect.A.2', undefined, 'expected [2, 2, 60], got [3, 2, 60]'],
    ['A', 'expect.A.1.0.3', 'x', "[1][0][3]: expected 'x', got "],
    ['A', 'expect.A', {}, 'expected an object, got [3, 2, 60]'],
    ['states', 'expect.states.1.2.0', undefined, '[1][2]: expected [3], got [4]'],
    ['states', 'expect.states.1.0', undefined, '[1]: expected [2, 18], got [3, 36]'],
    ['stateLayers', 'expect.stateLayers', null, 'expected null, got [3, 1]'],
    ['meanSquaredOutput.grad', 'expect.meanSquaredOutput.grad', 3, 'expected 3, got [5]'],
  ] as const)(
    'says what is wrong with %s where it is not what it should be: %s %j',
    async (name, path, value, problem) => {
      const file = made('convolution, overlapping')
      put(file, path, value as Json)
      const { failed, quantities } = await check(file)
      expect(failed).toEqual([name])
      expect(quantities[name].problem).toContain(problem)
    },
  )

  it('asks for the input where there is no W to take its width from', async () => {
    const file = made('no states at all')
    delete file.input
    file.layers = [{ kind: 'flatten' }]
    expect((await check(file)).error).toBe('input: expected {shape: …} where no layer has a W, got none')
  })

  it('does not take a number that overflows for one that agrees', async () => {
    const text = files.get('no states at all')!.replace(/"output":\[\[[-\d.e]+/, '"output":[[1e999')
    expect(text).toContain('1e999')
    expect((await verify('file', text)).failed).toEqual(['output'])
  })

  it.each([
    ['expect', undefined, 'golden file: expected layers, x, expect; missing: expect'],
    ['expect', [], "golden file: expected 'expect' to be an object"],
    ['x', undefined, 'missing: x'],
    ['layers', undefined, 'missing: layers'],
    ['layers', [], 'layers: expected a list of one or more layers, got an array of 0'],
    ['layers.1', null, 'layers[1]: expected a layer {kind, …}, got null'],
    [
      'layers.0.kind',
      'conv3d',
      'layers[0]: kind: expected one of dense, conv2d, maxPool2d, averagePool2d, maxout, flatten, residual, got',
    ],
    ['layers.2.layers.1.kind', 'toString', 'layers[2].layers[1]: kind: expected one of dense, '],
    ['layers.2.layers', {}, 'layers[2].layers: expected a list of one or more layers'],
    ['layers.0.layers.0.dilation', [1, 1], "layers[0].layers[0]: unknown option 'dilation'"],
    ['layers.0.layers.0.W', undefined, 'layers[0].layers[0]: W: expected numbers, got undefined'],
    [
      'layers.0.layers.0.W.1',
      undefined,
      "Conv 'layers[0].layers[0]': weight [1, 2, 3, 3] expects a bias [1], got [2]",
    ],
    ['layers.0.layers.0.W.1.0.2.1', '1', 'layers[0].layers[0]: W: tensor: expected a number at [1][0][2][1]'],
    [
      'layers.0.layers.0.W',
      [[1]],
      "Conv 'layers[0].layers[0]': expected a weight [O, 2, kh, kw], got [1, 1]",
    ],
    ['layers.0.layers.0.b', undefined, 'layers[0].layers[0]: b: expected numbers or null, got undefined'],
    [
      'layers.0.layers.0.stride',
      2,
      'layers[0].layers[0]: stride: expected two whole numbers of at least 1, for rows and columns, got 2',
    ],
    [
      'layers.0.layers.0.padding',
      [1, -1],
      'layers[0].layers[0]: padding: expected two whole numbers of at least 0',
    ],
    [
      'layers.0.layers.0.activation',
      'tanh',
      "layers[0].layers[0]: activation: expected one of identity, relu, abs, leaky, got 'tanh'",
    ],
    ['layers.0.layers.0.activation', 'leaky', 'layers[0].layers[0]: alpha: expected a number, got undefined'],
    ['layers.0.layers.0.padding', [0, 0], "Residual 'layers[0]': expected a skip [8, 32]"],
    ['layers.0.skip', undefined, 'layers[0]: skip: expected {W: [out][in]} or null, got undefined'],
    [
      'layers.2.skip.W.0',
      undefined,
      "Residual 'layers[2]': expected a skip float64 [3, 8], got float64 [2, 8]",
    ],
    ['layers.1.size', [5, 1], "MaxPool 'layers[1]': expected windows that fit into [4, 4]"],
    ['layers.2.layers.1.W.0.0.0', undefined, 'layers[2].layers[1]: W: tensor: ragged values'],
    ['layers.2.layers.1.b', [1, 2], 'layers[2].layers[1]: b: expected [5, 3], got [2]'],
    ['layers.3.W', [[1, 2]], 'layers[3]: W: expected [out, 3], got [1, 2]'],
    [
      'layers.3',
      { kind: 'conv2d', W: [[[[1]]]], b: null, stride: [1, 1], padding: [0, 0], activation: 'relu' },
      "Conv 'layers[3]': expected inputs [C, H, W], or [C, L] of a series, got [3]",
    ],
    [
      'layers.3',
      { kind: 'maxPool2d', size: [1, 2], stride: [1, 2] },
      "MaxPool 'layers[3]': expected inputs [C, H, W], or [C, L] of a series, got [3]",
    ],
    [
      'input',
      { shape: [32, 1] },
      'input: expected {shape: [d]} or {shape: [channels, height, width]}, got an array of 2',
    ],
    ['input', { shape: [2, 4, 0] }, 'input: expected {shape: [d]} or'],
    ['input', [2, 4, 4], 'input: expected {shape: [d]} or'],
    [
      'input',
      undefined,
      "Conv 'layers[0].layers[0]': expected inputs [C, H, W], or [C, L] of a series, got [3]",
    ],
    ['x.1.0', undefined, 'x: tensor: ragged values'],
    ['x', [[1, 2]], 'x: expected [N, 32], got [1, 2]'],
    [
      'kind',
      'layer',
      'kind: expected one of layers, regions2d, regionsnd, walk, or none of a partition, got "layer"',
    ],
  ] as [string, Json | undefined, string][])(
    'says what is wrong with %s: %j',
    async (path, value, message) => {
      const file = made('nested residual blocks of images')
      put(file, path, value)
      const { pass, error } = await check(file)
      expect(pass).toBe(false)
      expect(error).toContain(message)
    },
  )
})
