import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exactArea, exactDistance, exactPoint, exactTurn } from './exact-points.ts'

const coordinate = fc.integer({ min: -1000, max: 1000 })
const point = fc.tuple(coordinate, coordinate)
const at = ([s, t]: readonly [number, number], scale: number) => exactPoint(s * scale, t * scale)

test('turns, areas and distances are those of whole numbers, at any scale and in any weight', () => {
  fc.assert(
    fc.property(
      point,
      point,
      point,
      fc.integer({ min: -300, max: 300 }),
      fc.bigInt(-5n, 5n),
      (a, b, c, e, weight) => {
        fc.pre(weight !== 0n)
        const scale = 2 ** e
        const twice = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
        const [p, q, r] = [at(a, scale), at(b, scale), at(c, scale)]
        const heavy = [q[0] * weight, q[1] * weight, q[2] * weight] as const
        expect(exactTurn(p, heavy, r)).toBe(Math.sign(twice) + 0)
        expect(exactArea([p, heavy, r])).toBe((twice / 2) * scale * scale + 0)
        const distance = Math.hypot(b[0] - a[0], b[1] - a[1]) * scale
        expect(Math.abs(exactDistance(p, heavy) - distance)).toBeLessThanOrEqual(2 ** -51 * distance)
      },
    ),
  )
})
