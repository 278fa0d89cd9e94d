import { rotationOrbit, shiftOrbit, torusOrbit } from '@facet/data'
import { autoencoder } from '@facet/models'
import { matmul } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '../../engine.ts'
import { orbits } from './orbits.ts'
import { drawModel } from './picture.ts'
import { orbitPoints } from './true-orbit.ts'

beforeAll(() => startEngine())

const identity = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

describe('a view', () => {
  it.each([
    ['shift', () => shiftOrbit(), Math.PI, 101],
    ['torus', () => torusOrbit({ seed: 1 }), 0.75 * Math.PI, 19],
  ] as const)('of the %s has three orthonormal axes', (name, make, extent, count) => {
    const orbit = make()
    const { axes } = orbits[name].drawing.view(orbit, orbitPoints(orbit, extent, count))
    const gram = matmul(axes, axes, { transposeB: true }).toArray() as number[][]
    gram.flat().forEach((value, i) => {
      expect(value).toBeCloseTo(identity.flat()[i], 6)
    })
  })

  it.each([0, 1, 2, 3])('of the rotation begins on the left and has the gap on top, for seed %i', (seed) => {
    const model = autoencoder({ input: 6, bottleneck: 1, encoderHidden: [4], decoderHidden: [4], seed })
    const { orbit, train, test } = drawModel('rotation', model, rotationOrbit({ seed }))
    expect(train[0][0]).toBeCloseTo(-1, 3)
    expect(train[15][0]).toBeCloseTo(1, 3)
    expect(test[25][1]).toBeGreaterThan(train[0][1] + 0.9)
    // A circle lies in a plane.
    expect(orbit.every(([, , depth]) => Math.abs(depth) < 1e-5)).toBe(true)
  })
})

describe('a picture of a torus', () => {
  const draw = () => {
    const model = autoencoder({
      input: 8,
      bottleneck: 2,
      encoderHidden: [4],
      decoderHidden: [4],
      bottleneckActivation: 'identity',
      seed: 5,
    })
    return drawModel('torus', model, torusOrbit())
  }

  it('lists grids, and distances of their points', () => {
    const { orbit, train, test, surface, fromOrbit, toSurface } = draw()
    expect([orbit.length, toSurface.length]).toEqual([361, 361])
    expect([surface.length, fromOrbit?.length]).toEqual([225, 225])
    expect([train.length, test.length]).toEqual([40, 81])
    test[40].forEach((value, axis) => {
      expect(value).toBeCloseTo([0, 0, 1][axis], 5)
    })
    expect(Math.min(...toSurface)).toBeGreaterThan(0)
  })

  it('is the same text every time, of few digits', () => {
    const text = JSON.stringify(draw())
    expect(JSON.stringify(draw())).toBe(text)
    expect(text).not.toMatch(/\d\.\d{9}/)
    expect(text.length).toBeLessThan(30_000)
  })
})
