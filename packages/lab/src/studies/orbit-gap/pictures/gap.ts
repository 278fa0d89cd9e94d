import type { OrbitPicture, Point } from '../picture.ts'
import type { Flat } from './panel.ts'

/** Points of a square grid along each of its parameters. */
export const gridSide = ({ length }: readonly Point[]): number => Math.round(Math.sqrt(length))

/** The parameters of a point of an orbit, as shares of their range: those of the nearest point of its grid. */
export function parametersOf(orbit: readonly Point[], side: number, to: Point): Flat {
  const distances = orbit.map((point) => Math.hypot(...point.map((value, axis) => value - to[axis])))
  const nearest = distances.indexOf(Math.min(...distances))
  return [Math.floor(nearest / side) / (side - 1), (nearest % side) / (side - 1)]
}

/** Where the gap of a curve begins and ends, as shares of the parameter: at the training points on either side. */
export function gapOf({ orbit, test, train }: OrbitPicture): Flat {
  const share = (point: Point): number => parametersOf(orbit, orbit.length, point)[1]
  const inside = share(test[test.length >> 1])
  const shares = train.map(share)
  return [Math.max(...shares.filter((at) => at < inside)), Math.min(...shares.filter((at) => at > inside))]
}
