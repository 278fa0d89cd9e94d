import { network } from '@facet/models'
import { init, key } from '@facet/tensor'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { planePartition } from './plane-partition.ts'

beforeAll(() => init())
afterEach(() => void vi.restoreAllMocks())

const wide = (units: number) =>
  network({ sizes: [2, units, 1], activations: ['relu', 'identity'], key: key(0) })

test('a budget of time ends within a level', () => {
  const layer = wide(400)
  const [start, ...later] = [0, 0, 1e9]
  const now = vi.spyOn(performance, 'now').mockReturnValue(later[1])
  now.mockReturnValueOnce(start).mockReturnValueOnce(later[0])
  const { regions, complete } = planePartition(layer, { window: [-1, 1], limits: { milliseconds: 50 } })
  expect(complete).toBe(false)
  expect(regions).toBe(0)
})

test('a search that ended before its first region answers what it knows: no region anywhere, and nothing throws', () => {
  vi.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValue(1e9)
  const empty = planePartition(wide(8), { window: [-1, 1], limits: { milliseconds: 50 } })
  expect(empty.faces).toBe(0)
  expect(empty.at(0, 0)).toBe(null)
  expect(empty.at(5, Number.NaN)).toBe(null)
  expect([...empty.areas(), ...empty.levelLines(), ...empty.slopeNorms(), ...empty.order]).toEqual([])
  expect(empty.summary()).toMatchObject({ regions: 0, complete: false })
})

test('a callback that stops is told of no other region, and the result has those that it was told of', () => {
  const told: string[] = []
  const partition = planePartition(wide(16), {
    window: [-1, 1],
    onRegion: ({ code }) => told.push(code.join()) < 5,
  })
  expect(partition.complete).toBe(false)
  expect(told).toHaveLength(5)
  expect([...partition].map(({ code }) => code.join()).sort()).toEqual(told.sort())
})

test('memory is used again after a callback that throws', () => {
  const layer = wide(16)
  const whole = planePartition(layer, { window: [-1, 1] }).regions
  const memory = vi.spyOn(WebAssembly, 'Memory')
  for (let i = 0; i < 4; i++)
    expect(() =>
      planePartition(layer, {
        window: [-1, 1],
        onRegion: () => {
          throw new Error('enough')
        },
      }),
    ).toThrow('enough')
  expect(planePartition(layer, { window: [-1, 1] }).regions).toBe(whole)
  expect(memory).not.toHaveBeenCalled()
})

test('a partition within a callback leaves that around it as it is', () => {
  const [outer, inner] = [wide(16), wide(9)]
  const [wholeOuter, wholeInner] = [outer, inner].map((each) => planePartition(each, { window: [-1, 1] }))
  const found: number[] = []
  const partition = planePartition(outer, {
    window: [-1, 1],
    onRegion: () => {
      found.push(planePartition(inner, { window: [-1, 1] }).regions)
    },
  })
  expect(partition.summary()).toEqual(wholeOuter.summary())
  expect(new Set(found)).toEqual(new Set([wholeInner.regions]))
})

test.each([[[1, 1]], [[0, Number.NaN]], [[-Number.MAX_VALUE, Number.MAX_VALUE]], [[0, '1']]])(
  'a window without an inside, or with none that floats can measure, is refused: %j',
  (window) => {
    expect(() => planePartition(wide(4), { window: window as [number, number] })).toThrow(
      'planePartition: window: expected s ',
    )
  },
)
