import { autoencoder, Network } from '@facet/models'
import { init, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { planePartition } from './plane-partition.ts'
import { vertexErrors, vertexPoints } from './vertex-errors.ts'

beforeAll(() => init())

/** An autoencoder as one network, and a plane of its inputs. */
function wholeOf(width: number) {
  const model = autoencoder({
    input: width,
    bottleneck: 2,
    encoderHidden: [12, 12],
    seed: width,
    dtype: 'float64',
  })
  return new Network([...model.encoder.layers, ...model.decoder.layers])
}

const axis = (width: number, k: number) => Array.from({ length: width }, (_, i) => (i === k ? 1 : 0.1 * k))

describe('vertexErrors', () => {
  it.each([2, 5])('has the forms of errorForms, and its largest errors, in %i dimensions', (width) => {
    const whole = wholeOf(width)
    const plane = { origin: new Array<number>(width).fill(0.2), u: axis(width, 0), v: axis(width, 1) }
    const partition = planePartition(whole, { plane, window: [-1.5, 1.5] })
    expect(partition.regions).toBeGreaterThan(40)
    const points = vertexPoints(partition)
    const x = tensor(Float64Array.from(points), { shape: [points.length / width, width] })
    const { forms, atVertices } = vertexErrors(partition, whole.apply(x).dataSync() as Float64Array)
    const exact = partition.errorForms()
    const { largest } = partition.reconstructionErrors()
    const valueOf = (all: Float64Array, region: number, s: number, t: number) => {
      const [cs, ct, e0, es, et, ess, est, ett] = all.subarray(8 * region, 8 * region + 8)
      const [ds, dt] = [s - cs, t - ct]
      return e0 + es * ds + et * dt + ess * ds * ds + est * ds * dt + ett * dt * dt
    }
    for (const region of partition) {
      const [s, t] = region.centroid
      const value = valueOf(exact, region.index, s, t)
      expect(Math.abs(valueOf(forms, region.index, s, t) - value)).toBeLessThan(1e-5 * (1 + value))
    }
    // Points are rounded to float32.
    expect(Math.max(...atVertices)).toBeCloseTo(Math.max(...largest), 4)
  })

  it('refuses outputs of another number', () => {
    const partition = planePartition(wholeOf(2), { window: [-1, 1] })
    expect(() => vertexErrors(partition, [1, 2])).toThrow(
      /vertexErrors: expected outputs \[\d+ × 2\], got 2 numbers/,
    )
  })
})
