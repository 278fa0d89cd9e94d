import { autoencoder, fit, reconstruction } from '@facet/models'
import { gather, init, key, mul, sub, type Tensor, tensor, zeros } from '@facet/tensor'
import { beforeEach, describe, expect, it } from 'vitest'
import { drawEpsilon, orbitScale } from '../banks/orbit-scale.ts'
import { largest } from '../banks/testing/bank-agreement.ts'
import { lieGroupOrbit } from '../lie-group-orbit.ts'
import { lieGroupTangent } from '../lie-group-tangent.ts'
import { heldOutExplained, stencilResponse } from './explained.ts'
import { learnedBank } from './learned-bank.ts'
import { stencilKinds } from './stencils.ts'
import { modulatedSeries, movedImages, warpedSeries } from './testing/synthetic-samples.ts'

beforeEach(() => init())

describe('learnedBank', () => {
  it('finds an odd stencil that explains dx/dt of random smooth warps, and an even one that explains x', () => {
    for (const size of [0.01, 0.02, 0.05]) {
      const data = warpedSeries(24, 128, size)
      const { learned } = learnedBank(data)
      const [even, odd] = stencilResponse(learned, data)
      expect(odd.derivative[0]).toBeGreaterThan(0.95)
      expect(odd.identity).toBeLessThan(0.01)
      expect(even.identity).toBeGreaterThan(0.95)
      const [average, difference] = learned.stencils
      average.forEach((value, j) => {
        expect(value).toBeCloseTo(average[8 - j], 2)
        expect(difference[j]).toBeCloseTo(-difference[8 - j], 1)
      })
      expect(learned.amplitude[0]).toBeGreaterThan(0)
      expect(learned.velocity[1][0]).toBeGreaterThan(0)
    }
  })

  it('finds the even stencil of amplitude-modulated series, which explains x', () => {
    const data = modulatedSeries(24, 128)
    const [even] = stencilResponse(learnedBank(data).learned, data)
    expect(even.identity).toBeGreaterThan(0.95)
    expect(even.derivative[0]).toBeLessThan(0.01)
  })

  it('tells by em what carries samples to their neighbours: d/dt on warps, x on amplitudes', () => {
    const leading = (data: Tensor, seed: string) => {
      const bank = learnedBank(data, { stencils: 'em', zNormalised: false, key: key(seed) })
      return stencilResponse(bank.learned, data)[0]
    }
    const moved = leading(warpedSeries(24, 128), 'a')
    expect(moved.derivative[0]).toBeGreaterThan(0.95)
    expect(moved.identity).toBeLessThan(0.05)
    const swollen = leading(modulatedSeries(24, 128), 'b')
    expect(swollen.identity).toBeGreaterThan(0.95)
    expect(swollen.derivative[0]).toBeLessThan(0.05)
  })

  it('explains more of what it has not seen than random stencils of the same span, and less in permuted coordinates', () => {
    const data = warpedSeries(40, 128)
    const [learned, random] = [heldOutExplained(data), heldOutExplained(data, { stencils: 'random' })]
    expect(learned).toBeGreaterThan(0.8)
    expect(random).toBeLessThan(learned - 0.1)
    const order = tensor(key('order').permutation(128))
    expect(heldOutExplained(gather(data, order, 1))).toBeLessThan(0.6)
  })

  it('measures ε beside the amplitude where samples only move, so that swelling does not count as movement', () => {
    const data = modulatedSeries(30, 128)
    const [both, moving] = [true, false].map((amplitude) => learnedBank(data, { amplitude }))
    const { measuredAlong: _, ...alone } = moving
    const [joint, beside, odd] = [both, moving, alone].map((bank) => orbitScale(bank, data))
    expect(beside.covariance.toArray()).toEqual(joint.covariance.toArray())
    const ofMovement = (covariance: Tensor): number =>
      (covariance.toArray() as number[][]).slice(8).reduce((sum, row, b) => sum + row[8 + b], 0)
    expect(ofMovement(beside.covariance)).toBeLessThan(0.7 * ofMovement(odd.covariance))
    const order = key('order').permutation(128)
    const ordered = learnedBank(gather(data, tensor(inverseOf(order)), 1), { amplitude: false, order })
    const elsewhere = orbitScale(ordered, gather(data, tensor(inverseOf(order)), 1))
    expect(largest(sub(elsewhere.covariance, beside.covariance))).toBeLessThan(
      1e-9 * largest(beside.covariance),
    )
  })

  it('is decided by data and key alone', () => {
    const data = warpedSeries(110, 40, 0.1)
    for (const stencils of stencilKinds) {
      const [once, again, other] = [3, 3, 4].map((seed) => learnedBank(data, { stencils, key: key(seed) }))
      expect(again.learned).toEqual(once.learned)
      expect(again.settings).toEqual(once.settings)
      // 330 pairs: em draws 300 of them.
      expect(JSON.stringify(other.learned) === JSON.stringify(once.learned)).toBe(stencils === 'pca')
      expect(other.settings.checksum === once.settings.checksum).toBe(stencils === 'pca')
    }
  })

  it.each(stencilKinds)(
    'finds the same stencils on every backend, in series and in images: %s',
    async (stencils) => {
      const found: (readonly (readonly number[])[])[] = []
      for (const backend of ['wasm', 'reference'] as const) {
        await init({ backend })
        const series = learnedBank(warpedSeries(10, 40, 0.1), { stencils })
        const images = learnedBank(movedImages(8, 9, 10), {
          stencils,
          shape: { height: 9, width: 10 },
          bumps: 2,
        })
        found.push([...series.learned.stencils, ...images.learned.stencils])
      }
      expect(found[0]).toHaveLength(5)
      found[0].forEach((c, k) => {
        const size = Math.max(...c.map(Math.abs))
        c.forEach((value, j) => {
          expect(Math.abs(value - found[1][k][j])).toBeLessThan(1e-6 * size)
        })
      })
    },
  )

  it.each([
    ['series', () => warpedSeries(11, 40, 0.1), 'line'],
    ['images', () => movedImages(11, 9, 10), { height: 9, width: 10 }],
  ] as const)(
    'trains orbit and tangents on %s in steps that are replayed, to the bits of those that are not',
    async (_, make, shape) => {
      const data = make()
      const trained = async (replay: boolean) => {
        const bank = learnedBank(data, { shape, bumps: shape === 'line' ? 8 : 2 })
        const model = autoencoder({
          input: data.shape[1],
          bottleneck: 2,
          dtype: 'float64',
          encoderHidden: [8],
          decoderHidden: [8],
        })
        const { epochs, execution } = await fit(model, data, {
          epochs: 3,
          batchSize: 4,
          objective: [reconstruction(), lieGroupOrbit({ bank }), lieGroupTangent({ bank })],
          replay,
        })
        return { losses: epochs.map(({ train }) => train.loss), execution }
      }
      const [replayed, eager] = [await trained(true), await trained(false)]
      expect(replayed.execution.obstacle).toBe(null)
      expect(replayed.execution.replayed).toBeGreaterThan(0)
      expect(replayed.losses).toEqual(eager.losses)
      expect(new Set(replayed.losses).size).toBe(3)
    },
  )

  it.each(stencilKinds)('acts alike on data in another unit: %s', (stencils) => {
    const data = warpedSeries(12, 40, 0.1)
    const movedIn = (unit: number): Tensor => {
      const given = mul(data, unit)
      const bank = learnedBank(given, { stencils })
      const epsilon = drawEpsilon(bank, orbitScale(bank, given), 1, 12, key('epsilon'))
      return mul(bank.act(given, epsilon), 1 / unit)
    }
    const moved = movedIn(1)
    expect(largest(sub(moved, data))).toBeGreaterThan(0.1)
    for (const unit of [1e-8, 1e8]) expect(largest(sub(movedIn(unit), moved))).toBeLessThan(1e-4)
  })

  it('can be read, and written as JSON', () => {
    const { learned } = learnedBank(warpedSeries(10, 270))
    expect(JSON.parse(JSON.stringify(learned))).toEqual(learned)
    expect(learned).toMatchObject({ kind: 'pca', shape: 'line', delta: 2 })
    learned.stencils.forEach((c, k) => {
      expect(learned.amplitude[k]).toBeCloseTo(
        c.reduce((a, b) => a + b, 0),
        12,
      )
      expect(learned.velocity[k][0]).toBeCloseTo(2 * c.reduce((sum, v, j) => sum + v * (j - 4), 0), 12)
    })
  })

  it('gives random stencils of the same span with responses of mean square 1', () => {
    const data = warpedSeries(20, 64, 0.1)
    const all = learnedBank(data, { count: 5 }).learned.stencils
    const { stencils } = learnedBank(data, { stencils: 'random', key: key(9) }).learned
    for (const c of stencils) {
      // In the basis of the five its coordinates are products with u_k · λ_k = u_k / |u_k|².
      const coordinates = all.map(
        (u) =>
          u.reduce((sum, value, j) => sum + value * c[j], 0) / u.reduce((sum, value) => sum + value ** 2, 0),
      )
      expect(coordinates.reduce((sum, value) => sum + value ** 2, 0)).toBeCloseTo(1, 6)
      const rebuilt = c.map((_, j) => coordinates.reduce((sum, value, k) => sum + value * all[k][j], 0))
      rebuilt.forEach((value, j) => {
        expect(value).toBeCloseTo(c[j], 6)
      })
    }
  })

  it('learns and acts in an order that is given', () => {
    const data = warpedSeries(12, 40)
    const order = key('order').permutation(40)
    const shuffled = gather(data, tensor(inverseOf(order)), 1)
    const [straight, ordered] = [learnedBank(data), learnedBank(shuffled, { order })]
    expect(ordered.learned).toEqual(straight.learned)
    const epsilon = key('epsilon').normal([12, 16], 'float64')
    const there = gather(ordered.act(shuffled, epsilon), tensor(order), 1)
    expect(there.toArray()).toEqual(straight.act(data, epsilon).toArray())
    const tangents = gather(ordered.tangents(shuffled), tensor(order), 2)
    expect(tangents.toArray()).toEqual(straight.tangents(data).toArray())
    expect(ordered.settings).not.toEqual(straight.settings)
  })

  it('finds 1, ∂x and ∂y in images that are moved about', () => {
    const data = movedImages(30, 24, 28)
    const bank = learnedBank(data, { shape: { height: 24, width: 28 } })
    expect(bank.size).toBe(48)
    const [one, ...slopes] = stencilResponse(bank.learned, data)
    expect(one.identity).toBeGreaterThan(0.95)
    for (const axis of [0, 1]) {
      expect(slopes.reduce((sum, { derivative }) => sum + derivative[axis], 0)).toBeGreaterThan(0.95)
    }
    slopes.forEach(({ identity }) => {
      expect(identity).toBeLessThan(0.01)
    })
  })

  it('takes what the data have where they have fewer than are asked for', () => {
    const flat = tensor([new Array<number>(20).fill(1), new Array<number>(20).fill(2)])
    for (const stencils of stencilKinds) {
      const bank = learnedBank(flat, { stencils })
      expect(bank.size).toBe(8)
      expect(bank.learned.amplitude[0]).toBeGreaterThan(0)
    }
    const twins = tensor([new Array(3).fill([...key('x').normalArray(20)])].flat())
    expect(learnedBank(twins, { stencils: 'em' }).size).toBe(16)
  })

  it('refuses what it cannot take', () => {
    const data = key('data').normal([6, 12])
    expect(() => learnedBank(data, { stencil: 'em' } as never)).toThrow(
      "learnedBank: unknown option 'stencil'",
    )
    expect(() => learnedBank(data, { stencils: 'ica' } as never)).toThrow('learnedBank: stencils: expected')
    expect(() => learnedBank(data, { count: 0 })).toThrow('learnedBank: count')
    expect(() => learnedBank(data, { shape: 'image' } as never)).toThrow(
      "learnedBank: shape: expected 'line' or { height, width, channels }",
    )
    expect(() => learnedBank(data, { shape: { height: 3, width: 5 } })).toThrow(
      'learnedBank: data: expected at least 2 floating-point rows [n, 15], got Tensor([6, 12] float32)',
    )
    expect(() => learnedBank(data, { shape: { height: 3, width: 4, depth: 1 } as never })).toThrow('depth')
    expect(() => learnedBank(data, { shape: { height: 1, width: 12 } })).toThrow('shape.height')
    expect(() => learnedBank(zeros([6, 12]))).toThrow('expected samples that are not all 0')
    expect(() => learnedBank(zeros([1, 12]))).toThrow('at least 2 floating-point rows [n, d]')
    expect(() =>
      learnedBank(
        tensor([
          [1, 2],
          [Number.NaN, 1],
        ]),
      ),
    ).toThrow('expected finite numbers, got NaN')
    expect(() => learnedBank([[1]] as never)).toThrow('learnedBank: data')
    expect(() => learnedBank(data, { order: [0, 1, 1] })).toThrow(
      'learnedBank: order: expected every whole number from 0 to 11 once, got 2 of them among 3',
    )
    expect(() => learnedBank(data, { shape: { height: 3, width: 4 }, order: [0] })).toThrow(
      'order: expected none',
    )
    const bank = learnedBank(data)
    expect(() => bank.tangents(zeros([2, 9]))).toThrow('learned pca: x: expected floating-point [N, 12]')
    expect(() => bank.act(zeros([2, 12]), zeros([2, 8]))).toThrow(
      'learned pca: epsilon: expected float32 [2, 16]',
    )
  })
})

function inverseOf(order: Int32Array): Int32Array {
  const back = new Int32Array(order.length)
  order.forEach((from, to) => {
    back[from] = to
  })
  return back
}
