import type { Orbit } from '@facet/data'
import type { Autoencoder } from '@facet/models'
import { cast, matmul, scope, sub, type Tensor } from '@facet/tensor'
import { roundTogether, significant } from '../../text/round.ts'
import type { OrbitName } from './cases.ts'
import { distanceToSurface } from './distance.ts'
import { latentGrid } from './latent-grid.ts'
import { protocolOf } from './settings.ts'
import { distanceToTorus, orbitPoints } from './true-orbit.ts'
import { type View, views } from './views.ts'

/** Coordinates along the axes of the view. */
export type Point = readonly [x: number, y: number, z: number]

/** What a picture of one trained model shows, of which grids list the last parameter fastest. */
export interface OrbitPicture {
  /** The true orbit over a grid of its parameters. */
  readonly orbit: readonly Point[]
  readonly train: readonly Point[]
  /** The gap's points. */
  readonly test: readonly Point[]
  /** The decoder's image of a grid over the code box and its margin. */
  readonly surface: readonly Point[]
  /** How far each point of `surface` is from the whole torus; `null` for curves. */
  readonly fromOrbit: readonly number[] | null
  /** How far each point of `orbit` is from the decoder's image. */
  readonly toSurface: readonly number[]
}

/** How a case is sampled for its picture: the parameters' largest value, and points along each axis of the two grids. */
interface Drawing {
  readonly extent: number
  readonly orbit: number
  readonly surface: number
  /** Latents along each axis of the code box from which distances of `orbit` are refined. */
  readonly latents: number
  readonly fromOrbit: ((orbit: Orbit, points: Tensor) => Tensor) | null
}

const curve: Drawing = { extent: Math.PI, orbit: 101, surface: 161, latents: 300, fromOrbit: null }

/**
 * Of a torus every third line of 19 is one of the training grid's seven; refined from 55 × 55 latents, distances are
 * within 0.4 % of those from 100 × 100, in a quarter of the time.
 */
const drawings: Readonly<Record<OrbitName, Drawing>> = {
  rotation: curve,
  shift: curve,
  torus: { extent: 0.75 * Math.PI, orbit: 19, surface: 15, latents: 55, fromOrbit: distanceToTorus },
}

/** Steps by which distances are refined: what a picture shows needs fewer latents than the table. */
const refine = 8

/** A picture shows no more, and its line of the results stays short. */
const digits = 5

const seen = ({ origin, axes }: View, points: Tensor): readonly Point[] => {
  const along = matmul(sub(cast(points, 'float64'), origin), axes, { transposeB: true })
  return roundTogether(along.toArray() as number[][], digits) as unknown as Point[]
}

const rounded = (distances: Tensor): number[] =>
  Array.from(distances.dataSync(), (distance) => significant(distance, digits))

/** Looks at a model that was trained on an orbit. */
export function drawModel(name: OrbitName, model: Autoencoder, orbit: Orbit): OrbitPicture {
  const { train, test } = orbit
  const protocol = protocolOf(name)
  const drawing = drawings[name]
  return scope(() => {
    const truth = orbitPoints(orbit, drawing.extent, drawing.orbit)
    const view = views[name](orbit, truth)
    const surface = model.decode(latentGrid(model.encode(train), protocol.margin, drawing.surface))
    return {
      orbit: seen(view, truth),
      train: seen(view, train),
      test: seen(view, test),
      surface: seen(view, surface),
      fromOrbit: drawing.fromOrbit && rounded(drawing.fromOrbit(orbit, cast(surface, 'float64'))),
      toSurface: rounded(
        distanceToSurface(model, train, cast(truth, train.dtype), {
          ...protocol,
          latents: drawing.latents,
          refine,
        }),
      ),
    }
  })
}
