import { cosine, sine } from '@facet/tensor/checks'
import type { Dataset } from '../dataset.ts'
import { drawnPlaces, type ShapeOptions, shapeOptions, shapeSet } from './shape-set.ts'

const table = shapeOptions('twoMoons')

/**
 * Two half circles that reach into each other, about the origin, as in scikit-learn's `make_moons` (there about (½, ¼)):
 *
 *     upper (class 1)  x = (cos θ − ½, sin θ − ¼) + noise · ε     θ uniform on [0, π)
 *     lower (class 2)  x = (½ − cos θ, ¼ − sin θ) + noise · ε
 *
 * @returns train `[200, 2]`, test `[100, 2]`
 * @throws RangeError for numbers out of range
 * @example
 * await init()
 * const { train, trainLabels } = twoMoons({ noise: 0.05 })
 */
export function twoMoons(options: ShapeOptions = {}): Dataset {
  const settings = table.resolve(options)
  const places = drawnPlaces('twoMoons', settings, 2, (moon, u) => {
    const [x, y] = [cosine(Math.PI * u) - 0.5, sine(Math.PI * u) - 0.25]
    return moon === 0 ? [x, y] : [-x, -y]
  })
  return shapeSet('twoMoons', settings, places)
}
