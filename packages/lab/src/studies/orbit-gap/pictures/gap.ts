import type { OrbitPicture, Point } from '../picture.ts'

/** Points of the orbit's grid along each of its parameters. */
export const gridSide = ({ orbit, fromOrbit }: OrbitPicture): number =>
  fromOrbit === null ? orbit.length : Math.round(Math.sqrt(orbit.length))

/** The parameters of a point of the orbit, as shares of their range: those of the nearest point of the grid. */
export function parametersOf(picture: OrbitPicture, to: Point): readonly [slow: number, fast: number] {
  const distances = picture.orbit.map((point) => Math.hypot(...point.map((value, axis) => value - to[axis])))
  const nearest = distances.indexOf(Math.min(...distances))
  const side = gridSide(picture)
  return [Math.floor(nearest / side) / (side - 1), (nearest % side) / (side - 1)]
}

/** Where the gap of a curve begins and ends, as shares of the parameter: at the training points on either side. */
export function gapOf(picture: OrbitPicture): readonly [number, number] {
  const share = (point: Point): number => parametersOf(picture, point)[1]
  const inside = share(picture.test[picture.test.length >> 1])
  const shares = picture.train.map(share)
  return [Math.max(...shares.filter((at) => at < inside)), Math.min(...shares.filter((at) => at > inside))]
}
