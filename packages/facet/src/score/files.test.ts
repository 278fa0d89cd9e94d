import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { autoencoder, saveModel } from '@facet/models'
import { decodeSafetensors, encodeSafetensors, init } from '@facet/tensor'
import * as esbuild from 'esbuild'
import { beforeAll, describe, expect, test } from 'vitest'
import { load } from './index.ts'

beforeAll(() => init())

interface Written {
  readonly file: string
  readonly x: number[][]
  readonly reconstructed: number[][]
}

const firstRelease: Readonly<Record<string, Written>> = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../models/src/file/fixtures/first-release.json'), 'utf8'),
)

test.each(Object.entries(firstRelease))(
  'a file of the first release: %s',
  (_, { file, x, reconstructed }) => {
    const found = load(Buffer.from(file, 'base64')).reconstruct(x)
    found.flat().forEach((value, i) => expect(Math.abs(value - reconstructed.flat()[i])).toBeLessThan(4e-6))
  },
)

test('a model of facet train of the first release, which has no preparation', () => {
  const folder = join(import.meta.dirname, '../../../lab/fixtures/release-1/model')
  const scorer = load(readFileSync(join(folder, 'model.safetensors')))
  expect(scorer.encode([[1, 2, 3, 4, 5]])[0]).toHaveLength(2)
  expect(scorer.threshold).toBeNull()
})

const plain = () =>
  saveModel(autoencoder({ input: 3, bottleneck: 1, encoderHidden: [4], decoderHidden: [4] }), {
    metadata: {
      'facet.preparation': JSON.stringify({
        columns: null,
        width: 3,
        missing: { rule: 'drop' },
        lengths: { rule: 'refuse' },
        window: null,
        normaliser: { kind: 'columns', means: [0, 0, 0], deviations: [1, 1, 1] },
      }),
    },
  })

/** The file with an entry of its metadata changed. */
async function changed(entry: string, change: (value: never) => unknown): Promise<Uint8Array> {
  const { tensors, metadata } = decodeSafetensors(await plain())
  const value = change(JSON.parse(metadata[entry]) as never)
  return encodeSafetensors(tensors, { ...metadata, [entry]: JSON.stringify(value) })
}

type Layers = { encoder: Record<string, unknown>[]; decoder: Record<string, unknown>[]; dtype: string }

const layer =
  (fields: Record<string, unknown>) =>
  ({ encoder: [first, ...rest], ...others }: Layers) => ({
    ...others,
    encoder: [{ ...first, ...fields }, ...rest],
  })

const instead =
  (fields: Record<string, unknown>) =>
  ({ decoder, dtype }: Layers) => ({ encoder: [fields], decoder, dtype })

describe('what is no such file is refused with an error', () => {
  test('cut off anywhere', async () => {
    const bytes = await plain()
    for (let length = 0; length < bytes.length; length++)
      expect(() => load(bytes.subarray(0, length))).toThrow(/^score: load: /)
  })

  test('with any byte of the header changed: an error, or a model that scores', async () => {
    const bytes = await plain()
    const header = new DataView(bytes.buffer).getUint32(0, true)
    let refused = 0
    for (let i = 0; i < 8 + header; i++) {
      const other = Uint8Array.from(bytes)
      other[i] ^= 1 + (i % 127)
      try {
        load(other).score([[1, 2, 3]])
      } catch (error) {
        refused++
        expect((error as Error).message).toMatch(/^score: /)
      }
    }
    expect(refused).toBeGreaterThan(header / 2)
  })

  test.each<[string, string, (value: never) => unknown, string]>([
    [
      'of windows',
      'facet.preparation',
      (p: object) => ({ ...p, window: { length: 20, stride: 1 } }),
      'score: load: window, lengths, width: expected 0,refuse,3, found 20,refuse,3',
    ],
    [
      'of series of several lengths',
      'facet.preparation',
      (p: object) => ({ ...p, lengths: { rule: 'pad', length: 3 } }),
      'expected 0,refuse,3, found 0,pad,3',
    ],
    [
      'of another width',
      'facet.preparation',
      (p: object) => ({ ...p, width: 4 }),
      'expected 0,refuse,3, found 0,refuse,4',
    ],
    [
      'whose gaps are interpolated',
      'facet.preparation',
      (p: object) => ({ ...p, missing: { rule: 'interpolate' } }),
      'missing: expected refuse,drop,mean,median, found interpolate',
    ],
    [
      'of an unknown normaliser',
      'facet.preparation',
      (p: object) => ({ ...p, normaliser: { kind: 'toString' } }),
      'normaliser: expected none,range,columns,series, found toString',
    ],
    [
      'of too few means',
      'facet.preparation',
      (p: object) => ({ ...p, normaliser: { kind: 'columns', means: [1, 2], deviations: [1, 1, 1] } }),
      'normaliser: expected 3 numbers, found columns',
    ],
    [
      'of no means',
      'facet.preparation',
      (p: object) => ({ ...p, normaliser: { kind: 'columns' } }),
      'score: load: ',
    ],
    [
      'of no range',
      'facet.preparation',
      (p: object) => ({ ...p, normaliser: { kind: 'range', low: 1, high: 1 } }),
      'normaliser: expected 3 numbers, found range',
    ],
    ['of a preparation that is none', 'facet.preparation', () => 5, 'score: load: '],
    [
      'of an unknown kind of layer',
      'facet.autoencoder',
      layer({ kind: 'constructor' }),
      'encoder.0: kind: expected dense,conv,convTranspose,maxPool,averagePool,upsample,maxout,residual,shift,reshape, found constructor',
    ],
    [
      'of an unknown activation',
      'facet.autoencoder',
      layer({ activation: { name: 'tanh' } }),
      'activation: expected identity,relu,abs,leakyRelu, found tanh',
    ],
    [
      'of another shape',
      'facet.autoencoder',
      layer({ inputs: 4 }),
      'encoder.0.weight: expected 4,4, found 4,3',
    ],
    [
      'of layers that do not fit',
      'facet.autoencoder',
      ({ encoder, ...others }: Layers) => ({ ...others, encoder: encoder.slice(0, 1) }),
      'inputs: expected 4, found 1',
    ],
    [
      'of no layers',
      'facet.autoencoder',
      ({ dtype }: Layers) => ({ dtype, encoder: [], decoder: [] }),
      'score: load: ',
    ],
    [
      'of another dtype',
      'facet.autoencoder',
      (a: Layers) => ({ ...a, dtype: 'int8' }),
      'dtype: expected float32,float64, found int8',
    ],
    [
      'of an architecture that is none',
      'facet.autoencoder',
      () => null,
      'metadata: expected facet.autoencoder, found null',
    ],
    [
      'of endless windows',
      'facet.autoencoder',
      instead({ kind: 'maxPool', inputs: [1, 1e9, 1e9], size: 1, padding: 0 }),
      'windows: expected fewer',
    ],
    [
      'of steps of 0',
      'facet.autoencoder',
      instead({ kind: 'maxPool', inputs: [1, 3, 3], size: 1, stride: 0 }),
      'score: load: ',
    ],
    [
      'of endless copies',
      'facet.autoencoder',
      instead({ kind: 'upsample', inputs: [1, 3, 3], factor: 1e8 }),
      'windows: expected fewer',
    ],
    [
      'of an endless shape',
      'facet.autoencoder',
      instead({ kind: 'reshape', inputs: [3], outputs: [1e8] }),
      'windows: expected fewer',
    ],
  ])('%s', async (_, entry, change, message) => {
    const bytes = await changed(entry, change)
    expect(() => load(bytes)).toThrow(message)
    expect(() => load(bytes)).toThrow(/^score: load: /)
  })

  test('of layers within layers within layers', async () => {
    const { tensors, metadata } = decodeSafetensors(await plain())
    const depth = 50_000
    const [open, close] = ['{"kind":"residual","skip":false,"layers":[', ']}']
    const text = metadata['facet.autoencoder'].replace(
      '"encoder":[',
      `"encoder":[${open.repeat(depth)}{"kind":"reshape","inputs":[3],"outputs":[3]}${close.repeat(depth)},`,
    )
    expect(() => load(encodeSafetensors(tensors, { ...metadata, 'facet.autoencoder': text }))).toThrow(
      /^score: load: /,
    )
  })

  test('a safetensors file of others', () => {
    expect(() => load(encodeSafetensors({}))).toThrow(
      'score: load: metadata: expected facet.autoencoder, found null',
    )
  })
})

describe('as a bundle', () => {
  const text = async () => {
    const { outputFiles } = await esbuild.build({
      entryPoints: [join(import.meta.dirname, 'index.ts')],
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      write: false,
    })
    return outputFiles[0].contents
  }

  test('it has at most 3,000 bytes, compressed', async () => {
    expect(gzipSync(await text(), { level: 9 }).length).toBeLessThanOrEqual(3_000)
  })

  test('it needs no WebAssembly, makes no code and imports nothing', async () => {
    expect(new TextDecoder().decode(await text())).not.toMatch(/WebAssembly|eval|Function\(|import/)
  })
})
