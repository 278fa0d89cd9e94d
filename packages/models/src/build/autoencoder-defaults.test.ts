import { init, key, type Tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type AutoencoderOptions,
  alarmRule,
  alarms,
  autoencoder,
  autoencoderDefaults,
  calibrate,
  defaultBottleneck,
  defaultDecoderHidden,
  fit,
  formatArchitecture,
  rowErrors,
} from '../index.ts'
import { normalRows, oddRows, plantedColumns, plantedRows, type Surface } from '../testing/planted.ts'

beforeAll(() => init({ backend: 'wasm' }))

/** Of fresh rows, the shares with an alarm, after a training on rows of which 2 % are odd. */
async function alarmShares(seed: number, surface: Surface, options: Partial<AutoencoderOptions> = {}) {
  const drawn = (name: string) => key(seed).child(name)
  const model = autoencoder({ input: plantedColumns, bottleneck: 3, seed, ...options })
  const train = plantedRows(seed, surface, drawn('train'), 2000)
  await fit(model, train, { epochs: 20, batchSize: 32, seed })
  const heldOut = plantedRows(seed, surface, drawn('held out'), 500)
  const rule = alarmRule(calibrate(rowErrors(model, heldOut)), 0.01)
  const share = (x: Tensor) =>
    alarms(rule, rowErrors(model, x)).reduce((sum: number, alarm) => sum + alarm, 0) / x.shape[0]
  return {
    found: share(oddRows(seed, surface, drawn('odd'), 2000)),
    falseAlarms: share(normalRows(seed, surface, drawn('normal'), 10_000)),
  }
}

/** The smaller variance of two-dimensional codes along their principal directions, of the larger one. */
function roundness(codes: Tensor): number {
  const z = codes.toArray() as number[][]
  const mean = [0, 1].map((j) => z.reduce((sum, row) => sum + row[j], 0) / z.length)
  const covariance = (i: number, j: number) =>
    z.reduce((sum, row) => sum + (row[i] - mean[i]) * (row[j] - mean[j]), 0) / z.length
  const half = (covariance(0, 0) + covariance(1, 1)) / 2
  const determinant = covariance(0, 0) * covariance(1, 1) - covariance(0, 1) ** 2
  const root = Math.sqrt(Math.max(0, half ** 2 - determinant))
  return (half - root) / (half + root)
}

async function trainedCodes(seed: number, options: Partial<AutoencoderOptions> = {}): Promise<Tensor> {
  const data = normalRows(seed, 'flat', key(seed).child('train'), 500)
  const model = autoencoder({ input: plantedColumns, bottleneck: 2, seed, ...options })
  await fit(model, data, { epochs: 20, batchSize: 16, seed })
  return model.encode(data)
}

describe('the default autoencoder', () => {
  it.each([
    [0, 'bent'],
    [1, 'bent'],
    [2, 'bent'],
    [3, 'flat'],
    [6, 'flat'],
  ] as const)(
    'finds 99 %% of odd rows like those among its training rows, seed %i, %s',
    async (seed, surface) => {
      const { found, falseAlarms } = await alarmShares(seed, surface)
      expect(found).toBeGreaterThanOrEqual(0.99)
      expect(falseAlarms).toBeLessThan(0.03)
    },
  )

  it('finds them for its linear bottleneck: with a ReLU there half are missed', async () => {
    const { found } = await alarmShares(3, 'flat', { bottleneckActivation: 'relu' })
    expect(found).toBeLessThan(0.5)
  })

  it.each([0, 1, 2, 6])('spreads two-dimensional codes over both dimensions, seed %i', async (seed) => {
    expect(roundness(await trainedCodes(seed))).toBeGreaterThan(0.1)
  })

  it('spreads them for its linear bottleneck: with a ReLU there all may lie on an axis', async () => {
    const codes = await trainedCodes(1, { bottleneckActivation: 'relu' })
    expect(roundness(codes)).toBeLessThan(1e-6)
  })

  it('has the encoder backwards for a decoder; the usual bottleneck is half of the dimensions, at most ten', () => {
    expect(formatArchitecture(autoencoder({ input: 8, bottleneck: 4 }))).toBe(
      'float32, encoder 8-64(relu)-64(relu)-4(identity), decoder 4-64(relu)-64(relu)-64(relu)-8(identity)',
    )
    expect(formatArchitecture(autoencoder({ input: 8, bottleneck: 4, encoderHidden: [7, 5] }))).toBe(
      'float32, encoder 8-7(relu)-5(relu)-4(identity), decoder 4-5(relu)-5(relu)-7(relu)-8(identity)',
    )
    expect([1, 2, 3, 8, 21, 784].map(defaultBottleneck)).toEqual([1, 1, 1, 4, 10, 10])
    expect([[], [32], [128, 32]].map(defaultDecoderHidden)).toEqual([[], [32, 32], [32, 32, 128]])
    expect(autoencoderDefaults.bottleneckActivation).toBe('identity')
  })
})
