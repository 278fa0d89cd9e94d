import { type ArrayData, init } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { autoencoder } from '../build/autoencoder.ts'
import { loadModelFile } from '../file/load-model.ts'
import { saveModel } from '../file/save-model.ts'
import { calibrate } from './calibration.ts'
import { calibrationFromFile, calibrationToFile } from './calibration-file.ts'

beforeAll(() => init())

const model = () => autoencoder({ input: 3, bottleneck: 1, encoderHidden: [], decoderHidden: [], seed: 1 })

/** A file with a byte changed, or cut off. */
const mutants = (file: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    fc.nat(file.length - 1).map((length) => file.slice(0, length)),
    fc
      .tuple(fc.nat(file.length - 1), fc.nat(255))
      .map(([at, byte]) => file.map((old, i) => (i === at ? byte : old))),
  )

describe('a calibration in a model file', () => {
  test('comes back bit for bit', async () => {
    const lists = fc.array(fc.oneof(fc.double({ min: 0 }), fc.constant(0)), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(lists, async (errors) => {
        const calibration = calibrate(errors)
        const file = loadModelFile(await saveModel(model(), calibrationToFile(calibration)))
        expect(calibrationFromFile(file)).toEqual(calibration)
      }),
      { numRuns: 40 },
    )
  })

  test('need not be there', async () => {
    expect(calibrationFromFile(loadModelFile(await saveModel(model())))).toBeNull()
  })

  const name = 'facet.calibration'
  const array = (errors: number[], shape = [errors.length]): ArrayData => ({
    dtype: 'float64',
    shape,
    data: Float64Array.from(errors),
  })
  const text = '{"fenced":0,"centre":1,"spread":1}'

  test.each<[string, Record<string, string>, Record<string, ArrayData>, string]>([
    ['without its errors', { [name]: text }, {}, 'found no array'],
    ['without its text', {}, { [name]: array([1]) }, 'found no metadata'],
    ['of descending errors', { [name]: text }, { [name]: array([2, 1]) }, 'found 1 at index 1'],
    ['of negative errors', { [name]: text }, { [name]: array([-1]) }, 'found -1 at index 0'],
    ['of infinite errors', { [name]: text }, { [name]: array([1, Infinity]) }, 'found Infinity at index 1'],
    ['of errors that are NaN', { [name]: text }, { [name]: array([Number.NaN]) }, 'found NaN at index 0'],
    [
      'of a table',
      { [name]: text },
      { [name]: array([1, 2], [1, 2]) },
      'expected float64 [n], found float64 [1, 2]',
    ],
    ['of no JSON', { [name]: '{' }, { [name]: array([1]) }, "facet.calibration: expected JSON, found '{'"],
    [
      'of a spread below 0',
      { [name]: '{"fenced":0,"centre":1,"spread":-1}' },
      { [name]: array([1]) },
      'expected centre and spread finite, and no spread below 0, found 1 and -1',
    ],
    [
      'of no rows and a centre',
      { [name]: text },
      { [name]: array([]) },
      'expected centre and spread NaN of no rows, found 1 and 1',
    ],
    [
      'of another field',
      { [name]: '{"fenced":0,"centre":1,"spread":1,"z":3}' },
      { [name]: array([1]) },
      'facet.calibration: expected fields among fenced, centre, spread',
    ],
  ])('is refused %s', (_, metadata, tensors, message) => {
    expect(() => calibrationFromFile({ metadata, tensors })).toThrow(message)
  })

  test('of a damaged file is refused with a message, or ascending and finite', async () => {
    const file = await saveModel(model(), calibrationToFile(calibrate([0.1, 0.2, 0.4, 0.3, 1e6])))
    let refused = 0
    fc.assert(
      fc.property(mutants(file), (bytes) => {
        try {
          const read = calibrationFromFile(loadModelFile(bytes))
          const { errors } = read ?? { errors: new Float64Array(0) }
          expect(errors.every((error, i) => error < Infinity && error >= (errors[i - 1] ?? 0))).toBe(true)
        } catch (error) {
          refused++
          expect((error as Error).message).toMatch(/^(loadModel|decodeSafetensors|facet\.|readSafetensors)/)
        }
      }),
      { numRuns: 600 },
    )
    expect(refused).toBeGreaterThan(100)
  })
})
