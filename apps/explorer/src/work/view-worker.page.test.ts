// What the page draws, against the networks themselves: the weights are those that the page saves, and everything else is computed here.
import { codeHashes, planePartition } from '@facet/geometry'
import { loadModel, Network } from '@facet/models'
import { init, key, tensor } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { describePages, type Page } from '../../../../packages/lab/src/report/testing/chromium.ts'
import type { Actions } from '../state/reducer.ts'
import { servedExplorer, untilDrawn, withExplorer } from '../testing/explorer-page.ts'

beforeAll(() => init({ relaxedSimd: false }))

/** A picture of the page, its arrays as lists. */
interface Taken {
  readonly corners: number[]
  readonly starts: number[]
  readonly hashes: number[]
  readonly frame: { readonly s: [number, number]; readonly t: [number, number] }
  readonly regions: number
  readonly worst: { readonly value: number; readonly at: readonly [number, number] } | null
}

/** Trains to a step, and takes what is drawn then, and the model. */
async function taken(
  page: Page,
  model: Partial<Actions['model']>,
  view: Partial<Actions['view']>,
  step: number,
) {
  await page.evaluate(
    ({ model, view, step }) => {
      const { store } = globalThis.explorer
      store.dispatch(['model', model])
      store.dispatch(['view', view])
      store.dispatch(['open', { ...store.state, step }])
    },
    { model, view, step },
  )
  await untilDrawn(page)
  return page.evaluate(async () => {
    const { session } = globalThis.explorer
    const { bytes, step } = await session.saveModel()
    const picture = (of: 'input' | 'latent'): Taken => {
      const { corners, starts, hashes, frame, regions, worst } = session.frame![of]!
      return {
        corners: [...corners],
        starts: [...starts],
        hashes: [...hashes],
        frame,
        regions,
        worst,
      } as Taken
    }
    return {
      step,
      bytes: [...bytes],
      input: picture('input'),
      latent: picture('latent'),
      problem: session.status.problem,
    }
  })
}

/** The polygon that holds a point, by its corners alone. */
function polygonAt({ corners, starts }: Taken, s: number, t: number): { polygon: number; distance: number } {
  for (let i = 0; i + 1 < starts.length; i++) {
    let nearest = Number.POSITIVE_INFINITY
    for (let k = starts[i]; k < starts[i + 1] && nearest >= 0; k++) {
      const next = k + 1 === starts[i + 1] ? starts[i] : k + 1
      const [as, at, bs, bt] = [corners[2 * k], corners[2 * k + 1], corners[2 * next], corners[2 * next + 1]]
      const length = Math.hypot(bs - as, bt - at)
      if (length > 0) nearest = Math.min(nearest, ((bs - as) * (t - at) - (bt - at) * (s - as)) / length)
    }
    if (nearest >= 0) return { polygon: i, distance: nearest }
  }
  return { polygon: -1, distance: 0 }
}

const areaOf = ({ corners, starts }: Taken): number => {
  let twice = 0
  for (let i = 0; i + 1 < starts.length; i++)
    for (let k = starts[i]; k < starts[i + 1]; k++) {
      const next = k + 1 === starts[i + 1] ? starts[i] : k + 1
      twice += corners[2 * k] * corners[2 * next + 1] - corners[2 * next] * corners[2 * k + 1]
    }
  return twice / 2
}

/** Closer to a wall than this, relative to the window, float32 corners do not tell on which side a point is. */
const CLOSE = 1e-6

function expectCodes(picture: Taken, network: Network, groups?: readonly [number, number]): void {
  const { frame, hashes } = picture
  const [width, height] = [frame.s[1] - frame.s[0], frame.t[1] - frame.t[0]]
  expect(areaOf(picture)).toBeCloseTo(width * height, 3)
  const count = 2000
  const places = key('places').uniform([count, 2]).dataSync()
  const points = Float32Array.from(places, (x, i) =>
    i % 2 === 0 ? frame.s[0] + x * width : frame.t[0] + x * height,
  )
  const states = network.regionCode(tensor(points, { shape: [count, 2] })).states()
  const units = states.shape[1]
  const all = states.dataSync()
  const partition = planePartition(network, { window: frame })
  const own = codeHashes(partition, groups ? { groups } : {})
  const codeOf = new Map<string, string>()
  const of = (code: ArrayLike<number>) =>
    groups
      ? Array.from(code).slice(unitsBefore(network, groups[0]), unitsBefore(network, groups[1]))
      : Array.from(code)
  for (const region of partition)
    codeOf.set(`${own[2 * region.index]},${own[2 * region.index + 1]}`, of(region.code).join(''))
  let compared = 0
  for (let n = 0; n < count; n++) {
    const { polygon, distance } = polygonAt(picture, points[2 * n], points[2 * n + 1])
    expect(polygon).toBeGreaterThanOrEqual(0)
    if (distance < CLOSE * width) continue
    compared++
    const claimed = codeOf.get(`${hashes[2 * polygon]},${hashes[2 * polygon + 1]}`)
    expect(claimed).toBe(of(all.slice(n * units, (n + 1) * units)).join(''))
  }
  expect(compared).toBeGreaterThan(0.99 * count)
}

const unitsBefore = ({ groups }: Network, group: number): number =>
  groups.slice(0, group).reduce((sum, { units }) => sum + units, 0)

describePages('the regions on the page', (browser) => {
  const address = servedExplorer()
  const model = { encoder: [16, 16], decoder: [16, 16], bottleneck: 2 }

  it('have the codes of the network at 2,000 random points, on both planes, and fill the window', () =>
    withExplorer(browser(), { address: address() }, async ({ page }) => {
      for (const part of ['whole', 'encoder', 'decoder'] as const) {
        const { bytes, input, latent, problem, step } = await taken(page, model, { part }, 300)
        expect({ problem, step }).toEqual({ problem: null, step: 300 })
        const { encoder, decoder } = loadModel(Uint8Array.from(bytes))
        const whole = new Network([...encoder.layers, ...decoder.layers])
        const split = encoder.groups.length
        if (part === 'encoder') expectCodes(input, encoder)
        else expectCodes(input, whole, part === 'decoder' ? [split, whole.groups.length] : undefined)
        expectCodes(latent, decoder)
      }
    }))

  it('have the largest error of the window where it is', () =>
    withExplorer(browser(), { address: address() }, async ({ page }) => {
      const { bytes, input } = await taken(page, model, { part: 'whole', shading: 'error' }, 200)
      const { encoder, decoder } = loadModel(Uint8Array.from(bytes))
      const whole = new Network([...encoder.layers, ...decoder.layers])
      const { largest, at } = planePartition(whole, { window: input.frame }).reconstructionErrors()
      const worst = largest.indexOf(Math.max(...largest))
      expect(input.worst!.value / largest[worst]).toBeCloseTo(1, 4)
      expect(input.worst!.at[0]).toBeCloseTo(at[2 * worst], 3)
      expect(input.worst!.at[1]).toBeCloseTo(at[2 * worst + 1], 3)
    }))

  it("are what the card says: its map is the model's", () =>
    withExplorer(browser(), { address: address() }, async ({ page }) => {
      const { bytes } = await taken(page, model, { part: 'whole' }, 200)
      const loaded = loadModel(Uint8Array.from(bytes))
      const points: [number, number][] = [
        [0.31, 0.72],
        [-0.9, 0.1],
        [0.02, -0.4],
      ]
      for (const [s, t] of points) {
        const card = await page.evaluate(
          async (at) => {
            const found = await globalThis.explorer.session.probe(at)
            return found && { A: [...found.A], b: [...found.b], rank: found.rank }
          },
          { plane: 'input', s, t } as const,
        )
        const { A, b } = card!
        const made = loaded.reconstruct(tensor([[s, t]])).toArray() as number[][]
        expect(A[0] * s + A[1] * t + b[0]).toBeCloseTo(made[0][0], 5)
        expect(A[2] * s + A[3] * t + b[1]).toBeCloseTo(made[0][1], 5)
      }
    }))
})
