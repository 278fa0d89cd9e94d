import type { Orbit } from '@facet/data'
import type { Autoencoder } from '@facet/models'
import { cast, matmul, scope, sub, type Tensor } from '@facet/tensor'
import * as z from 'zod'
import { fieldsOf } from '../../fields/fields.ts'
import { aNumber, someNumbers } from '../../study/data.ts'
import { roundTogether, significant } from '../../text/round.ts'
import type { OrbitName } from './cases.ts'
import { distanceToSurface, latentGrid } from './distance.ts'
import { orbits } from './orbits.ts'
import { protocolOf } from './settings.ts'
import { orbitPoints } from './true-orbit.ts'
import type { View } from './views.ts'

const pointOf = (coordinate: z.ZodType<number>) =>
  z.tuple([coordinate, coordinate, coordinate], 'expected a point of three coordinates')
/** Ours have at most 361; which point of the orbit is nearest is looked for among all of them. */
const mostPoints = 2000
const listOfPoints = <P extends z.ZodType>(point: P) =>
  z
    .array(point, 'expected a list of points')
    .min(2, 'expected two points or more')
    .max(mostPoints, `expected at most ${mostPoints} points`)

/** Data have length 1. */
const near = 'expected a coordinate from -9 to 9'
const truePoints = listOfPoints(pointOf(z.number(near).min(-9, near).max(9, near)))

/** Coordinates along the axes of the view. */
export type Point = z.output<ReturnType<typeof pointOf>>

/** What a picture of one trained model shows, of which grids list the last parameter fastest. */
export const orbitPicture = fieldsOf({
  /** The true orbit over a grid of its parameters. */
  orbit: truePoints,
  train: truePoints,
  /** The gap's points. */
  test: truePoints,
  /** The decoder's image of a grid over the code box and its margin. */
  surface: listOfPoints(pointOf(aNumber)),
  /** How far each point of `surface` is from the whole torus; `null` for curves. */
  fromOrbit: someNumbers.nullable(),
  /** How far each point of `orbit` is from the decoder's image. */
  toSurface: someNumbers,
}).refine(
  ({ orbit, surface, fromOrbit, toSurface }) =>
    toSurface.length === orbit.length &&
    (fromOrbit === null ||
      (fromOrbit.length === surface.length &&
        [orbit, surface].every(({ length }) => Math.sqrt(length) % 1 === 0))),
  'expected a distance for every point, and square grids of a surface',
)
export type OrbitPicture = z.output<typeof orbitPicture>

/** Steps by which distances are refined: what a picture shows needs fewer latents than the table. */
const refine = 8

/** A picture shows no more, and its line of the results stays short. */
const digits = 5

const seen = ({ origin, axes }: View, at: Tensor): Point[] => {
  const along = matmul(sub(cast(at, 'float64'), origin), axes, { transposeB: true })
  return roundTogether(along.toArray() as number[][], digits) as unknown as Point[]
}

const rounded = (distances: Tensor): number[] =>
  Array.from(distances.dataSync(), (distance) => significant(distance, digits))

/** Looks at a model that was trained on an orbit. */
export function drawModel(name: OrbitName, model: Autoencoder, orbit: Orbit): OrbitPicture {
  const { train, test } = orbit
  const { margin } = protocolOf(name)
  const { drawing } = orbits[name]
  return scope(() => {
    const truth = orbitPoints(orbit, drawing.extent, drawing.orbit)
    const view = drawing.view(orbit, truth)
    const surface = model.decode(latentGrid(model.encode(train), margin, drawing.surface))
    const { latents } = drawing
    const toSurface = distanceToSurface(model, train, cast(truth, train.dtype), { margin, latents, refine })
    return {
      orbit: seen(view, truth),
      train: seen(view, train),
      test: seen(view, test),
      surface: seen(view, surface),
      fromOrbit: drawing.fromOrbit && rounded(drawing.fromOrbit(orbit, cast(surface, 'float64'))),
      toSurface: rounded(toSurface),
    }
  })
}
