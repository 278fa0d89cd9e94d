import { describe, expect, it } from 'vitest'
import type { Json } from '../../network-file/json.ts'
import { changed, isInput, placesIn } from '../testing/geometry-files.ts'
import { goldenFile, type JsonObject } from '../testing/golden-files.ts'
import { at, put } from '../testing/paths.ts'
import { verify } from '../verify.ts'

const check = (file: JsonObject, options = {}) => verify('file', JSON.stringify(file), options)

/** Files of every kind, small ones, with all that a file of the kind may expect. */
const starts = [
  'regions2d_degenerate_vertex',
  'regions2d_scaled',
  'regions2d_residual',
  'regionsnd_relu',
  'regionsnd_buck',
  'walk_vertex',
]

describe('facet verify, of regions', () => {
  it.each(starts)('compares every quantity of %s and notices a change in each', async (start) => {
    const file = goldenFile(start)
    const places = new Map(placesIn(file).map((place) => [place.quantity, place]))
    const { quantities, skipped } = await check(file)
    expect(Object.keys(quantities)).toEqual(expect.arrayContaining([...places.keys()]))
    expect(skipped.every((name) => isInput.test(name))).toBe(true)
    for (const { value, set } of places.values()) set(changed(value))
    const { failed, pass } = await check(file)
    expect(pass).toBe(false)
    expect(failed.toSorted()).toEqual([...places.keys()].toSorted())
  })

  it.each([
    ['regions2d_residual', 'cases.0.plane.origin.2', 0.5],
    ['regions2d_residual', 'cases.0.plane.u.0', 0.25],
    ['regions2d_residual', 'cases.0.plane.v.3', 0],
    ['regions2d_residual', 'cases.0.window', [-1, 1]],
    ['regions2d_residual', 'cases.0.layers', [0, 3]],
    ['regions2d_residual', 'cases.0.expect.withOutput.outputUnit', 0],
    ['regions2d_residual', 'cases.0.expect.samples.1.point', [0, 0]],
    ['regions2d_residual', 'layers.0.activation', 'identity'],
    ['regions2d_autoencoder', 'cases.1.layers', [0, 4]],
    ['regions2d_autoencoder', 'cases.0.window.0', -1.5],
    ['regionsnd_relu', 'box', [-1, 2]],
    ['regionsnd_relu', 'box', null],
    ['regionsnd_relu', 'expect.samples.0.point', [0, 0, 0]],
    ['regionsnd_conv', 'expect.withOutput.outputUnit', 1],
    ['regionsnd_buck', 'box', [-1, 1]],
    ['walk_residual', 'cases.1.from.0', 0],
    ['walk_residual', 'cases.2.to.5', 0],
  ] as const)('notices in %s another %s', async (start, path, value) => {
    const file = goldenFile(start)
    put(file, path, value as Json)
    expect((await check(file)).pass).toBe(false)
  })

  it('takes another centre of the largest ball, and none that is less far from the walls', async () => {
    const file = goldenFile('regionsnd_relu')
    const samples = at(file, 'expect.samples') as unknown as JsonObject[]
    const sides = samples.map(({ boxFaces }) => boxFaces as number[][])
    expect(sides.length).toBe(5)
    for (const sample of samples) (sample.chebyshevCentre as number[])[1] += 1e-3
    const { failed } = await check(file)
    expect(failed.every((name) => name.endsWith('.chebyshevCentre'))).toBe(true)
    expect(failed.length).toBeGreaterThan(0)
  })

  it('compares walls, box faces and the states that change as sets', async () => {
    const file = goldenFile('regionsnd_relu')
    for (const sample of at(file, 'expect.samples') as unknown as JsonObject[])
      for (const list of [sample.walls, sample.boxFaces]) (list as Json[]).reverse()
    const walk = goldenFile('walk_vertex')
    for (const units of at(walk, 'cases.0.expect.changed') as unknown as Json[][]) units.reverse()
    expect((await check(file)).failed).toEqual([])
    expect((await check(walk)).failed).toEqual([])
  })

  it.each([
    ['regions2d_residual', 'cases.0.expect.hidden.wallLength', 1e-9],
    ['regions2d_scaled', 'cases.0.expect.hidden.area', 1e-9],
    ['regions2d_scaled', 'cases.0.expect.withOutput.smallestArea', 1e-9],
    ['regions2d_scaled', 'cases.0.expect.samples.2.area', 1e-9],
    ['regionsnd_relu', 'expect.samples.3.chebyshevRadius', 1e-7],
    ['walk_residual', 'cases.0.expect.t.6', 1e-10],
  ] as const)('holds %s to its tolerance: %s to %d', async (start, path, tolerance) => {
    const file = goldenFile(start)
    const value = at(file, path) as unknown as number
    put(file, path, value * (1 + 0.9 * tolerance))
    expect((await check(file)).failed).toEqual([])
    put(file, path, value * (1 + 1.1 * tolerance))
    expect((await check(file)).failed.length).toBe(1)
  })

  it('fails on what a file lacks and on what Facet does not know', async () => {
    const plane = goldenFile('regions2d_degenerate_vertex')
    put(plane, 'cases.0.expect.hidden.edges', undefined)
    put(plane, 'cases.0.expect.hidden.genus', 0)
    put(plane, 'cases.0.expect.samples.1.corners', undefined)
    expect((await check(plane)).failed.toSorted()).toEqual([
      'cases.0.hidden.edges',
      'cases.0.hidden.genus',
      'cases.0.samples.1.corners',
    ])
    const space = goldenFile('regionsnd_relu')
    put(space, 'expect.dualEdges', undefined)
    put(space, 'expect.genus', 0)
    put(space, 'expect.samples.0.boxFaces.0', undefined)
    put(space, 'expect.samples.1.walls.0', undefined)
    expect((await check(space)).failed.toSorted()).toEqual([
      'dualEdges',
      'genus',
      'samples.0.boxFaces',
      expect.stringMatching(/^samples\.1\.walls\./),
    ])
    const walk = goldenFile('walk_vertex')
    put(walk, 'cases.0.expect.t', undefined)
    put(walk, 'cases.1.expectWithOutput0.regions', undefined)
    expect((await check(walk)).failed).toEqual(['cases.0.t', 'cases.1.expectWithOutput0.regions'])
  })

  it('takes counts that were published alone, with their source', async () => {
    const file = goldenFile('regionsnd_buck')
    const { regions } = file.expect as JsonObject
    expect((await check({ ...file, expect: { regions } })).failed).toContain('dualEdges')
    const published = { ...file, source: { repository: 'somewhere' }, expect: { regions } }
    expect((await check(published)).failed).toEqual([])
    expect((await check({ ...published, expect: { regions: Number(regions) + 1 } })).failed).toEqual([
      'regions',
    ])
    expect((await check({ ...published, expect: {} })).failed).toEqual(['regions'])
  })

  it('is the same whatever dtype and backend are asked for', async () => {
    const file = goldenFile('regions2d_autoencoder')
    const { quantities } = await check(file)
    for (const backend of ['wasm', 'reference'] as const)
      expect((await check(file, { dtype: 'float32', backend })).quantities).toEqual(quantities)
  })

  it.each([
    [
      'regions2d_residual',
      'kind',
      'regions3d',
      'kind: expected one of layers, regions2d, regionsnd, walk, or none',
    ],
    ['regions2d_residual', 'cases', [], 'cases: expected one or more cases'],
    [
      'regions2d_residual',
      'cases.0.window',
      [1, -1],
      'cases[0].window: expected two numbers, the lower first',
    ],
    ['regions2d_residual', 'cases.0.plane.u', [1, 0], 'plane: expected u as 4 finite numbers, got 2'],
    ['regions2d_residual', 'cases.0.plane.u', undefined, 'cases[0].plane.u: expected numbers'],
    [
      'regions2d_residual',
      'cases.0.layers',
      [0, 9],
      'cases[0].layers: expected FROM,TO with 0 <= FROM < TO <= 4',
    ],
    ['regions2d_residual', 'cases.0.expect.hidden', 3, 'cases[0].expect.hidden: expected the quantities'],
    ['regions2d_residual', 'cases.0.expect.withOutput.outputUnit', 7, 'level'],
    ['regions2d_residual', 'layers.0.W.1', [1], 'W: tensor: ragged values'],
    ['regionsnd_relu', 'box', [2], 'box: expected two numbers, the lower first'],
    ['regionsnd_relu', 'expect.samples.0.point', [9, 9, 9], 'regionAt'],
    ['walk_residual', 'cases.0.from', [1], 'crossings'],
    ['walk_residual', 'cases.0.to', 'x', 'cases[0].to: expected numbers'],
  ] as [string, string, Json | undefined, string][])(
    'says what is wrong with %s: %s %j',
    async (start, path, value, message) => {
      const file = goldenFile(start)
      put(file, path, value)
      const { pass, error } = await check(file)
      expect(pass).toBe(false)
      expect(error).toContain(message)
    },
  )
})

describe('facet verify, of a partition', () => {
  /** A file of a square without a kind, with the counts of one that has. */
  function partition(): JsonObject {
    const { layers, cases } = goldenFile('regions2d_degenerate_vertex') as unknown as {
      layers: Json
      cases: { window: Json; expect: Record<'hidden' | 'withOutput', { regions: number }> }[]
    }
    const [{ window, expect }] = cases
    return {
      layers,
      partitioned_units: 'hidden units, or the zero level set of the output as well',
      expect: {
        box_2: {
          bounds: window,
          hidden: expect.hidden.regions,
          hidden_and_output: expect.withOutput.regions,
        },
      },
    }
  }

  it('compares the counts of its squares, whichever it has', async () => {
    const file = partition()
    const { pass, quantities, skipped } = await check(file)
    expect([pass, Object.keys(quantities), skipped]).toEqual([
      true,
      ['box_2.hidden', 'box_2.hidden_and_output'],
      ['box_2.bounds'],
    ])
    put(file, 'expect.box_2.hidden', undefined)
    expect(Object.keys((await check(file)).quantities)).toEqual(['box_2.hidden_and_output'])
  })

  it.each([
    ['expect.box_2.hidden', 27],
    ['expect.box_2.hidden_and_output', 38],
    ['expect.box_2.genus', 0],
    ['expect.box_2.bounds', [-1, 1]],
    ['layers.0.W.0.0', 0.5],
  ] as const)('notices another %s', async (path, value) => {
    const file = partition()
    put(file, path, value as Json)
    expect((await check(file)).pass).toBe(false)
  })

  it('says what it lacks', async () => {
    const file = partition()
    put(file, 'expect.box_2', { bounds: [-1, 1] })
    expect((await check(file)).error).toBe('expect.box_2: expected hidden or hidden_and_output, got bounds')
    put(file, 'expect.box_2', { hidden: 3 })
    expect((await check(file)).error).toContain('expect.box_2.bounds: expected two numbers')
    put(file, 'expect', undefined)
    expect((await check(file)).error).toContain('expect: expected the squares')
  })
})

it.each([
  [1e-14, true],
  [1e-11, false],
])(
  'a crossing that is off by %d of its segment passes: %s, also next to its beginning',
  async (off, passes) => {
    const wanted = {
      stateLayers: [[0]],
      regions: 2,
      t: [2 ** -60 + off],
      firstCode: [0],
      changed: [[[0, 0, 0, 1]]],
      lastCode: [1],
      outputAtCrossings: [[0]],
    }
    const { regions, t, changed } = wanted
    const withOutput = { regions, t, changed: [[...changed[0], [1, 0, 0, 1]]] }
    const walk = { from: [0], to: [1], expect: wanted, expectWithOutput0: withOutput }
    const layers = [{ W: [[1]], b: [-(2 ** -60)], activation: 'relu' }]
    const { pass, failed } = await verify('a', JSON.stringify({ kind: 'walk', layers, cases: [walk] }))
    expect({ pass, failed }).toEqual({
      pass: passes,
      failed: passes ? [] : ['cases.0.t', 'cases.0.expectWithOutput0.t'],
    })
  },
)
