import { beforeEach, describe, expect, it } from 'vitest'
import { Pointers, wheelFactor } from './plane-gestures.ts'

describe('pointers on a plane', () => {
  let said: string[] = []
  const pointers = () =>
    new Pointers({
      move: (dx, dy) => said.push(`move ${dx} ${dy}`),
      zoom: (factor, x, y) => said.push(`zoom ${factor} ${x} ${y}`),
      select: (x, y) => said.push(`select ${x} ${y}`),
      hover: (at) => at && said.push(`hover ${at.join(' ')}`),
    })
  beforeEach(() => {
    said = []
  })

  it('one that hardly moves selects', () => {
    const p = pointers()
    p.down({ id: 1, x: 10, y: 10 })
    p.move({ id: 1, x: 12, y: 11 }, false)
    p.up({ id: 1, x: 12, y: 11 })
    expect(said).toEqual(['select 12 11'])
  })

  it('one that moves drags, from where it went down, and selects nothing', () => {
    const p = pointers()
    p.down({ id: 1, x: 10, y: 10 })
    p.move({ id: 1, x: 30, y: 15 }, false)
    p.move({ id: 1, x: 31, y: 15 }, false)
    p.up({ id: 1, x: 31, y: 15 })
    expect(said).toEqual(['move 20 5', 'move 1 0'])
  })

  it('two zoom about their middle', () => {
    const p = pointers()
    p.down({ id: 1, x: 0, y: 0 })
    p.down({ id: 2, x: 100, y: 0 })
    p.move({ id: 2, x: 200, y: 0 }, false)
    p.up({ id: 2, x: 200, y: 0 })
    expect(said).toEqual(['move 50 0', 'zoom 2 100 0'])
    said = []
    // The one that is left drags on.
    p.move({ id: 1, x: 7, y: 7 }, false)
    p.up({ id: 1, x: 7, y: 7 })
    expect(said).toEqual(['move 7 7'])
  })

  it('one that is not down hovers, but no finger', () => {
    const p = pointers()
    p.move({ id: 1, x: 4, y: 5 }, true)
    p.move({ id: 2, x: 6, y: 7 }, false)
    expect(said).toEqual(['hover 4 5'])
  })

  it('one that the system takes selects nothing', () => {
    const p = pointers()
    p.down({ id: 1, x: 4, y: 5 })
    p.cancel(1)
    p.up({ id: 1, x: 4, y: 5 })
    expect(said).toEqual([])
  })
})

it('a wheel zooms in upwards, as much in lines as in pixels, and back again', () => {
  const by = (deltaY: number, deltaMode = 0) => wheelFactor({ deltaY, deltaMode })
  expect(by(-100)).toBeCloseTo(1.1618, 4)
  expect(by(-100) * by(100)).toBeCloseTo(1, 12)
  expect(by(3, 1)).toBe(by(48))
  expect(by(1e9)).toBe(by(300))
})
