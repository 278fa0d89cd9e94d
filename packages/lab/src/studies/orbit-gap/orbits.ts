import { rotationOrbit, shiftOrbit, torusOrbit } from '@facet/data'
import { distanceToTorus } from './true-orbit.ts'
import { overTheMiddle, principal } from './views.ts'

/** How a curve is sampled for its picture. */
const curve = {
  view: principal,
  /** The parameters' largest value. */
  extent: Math.PI,
  /** Points along each axis of the two grids. */
  orbit: 101,
  surface: 161,
  /** Latents along each axis of the code box from which distances of `orbit` are refined. */
  latents: 300,
  /** Of points of the decoder's image to the whole orbit. */
  fromOrbit: null,
}

/**
 * All of a case but how it is trained: in words what the orbit is and what training sees of it, the data, and costs in
 * milliseconds: a step without and with the regularizer, whatever its generators, and the distances at the end, as CPU time
 * of whole runs over 400 steps on one thread of a Zen 4, reference backend.
 */
export const orbits = {
  rotation: {
    title: 'Rotation',
    what: 'Half a circle laid into 6 dimensions: the orbit of a point under one rotation. Training sees 8 points at each end; 50 points of the middle are the gap.',
    points: '16 training points on two arcs, 50 test points between them',
    make: (seed: number) => rotationOrbit({ seed }),
    cost: { plain: 0.6, regularized: 1.5, end: 45 },
    drawing: curve,
  },
  shift: {
    title: 'Shift',
    what: 'A signal of two harmonics, 24 samples long, delayed by up to half a period: the orbit of a signal under shifts in time. Training sees 8 short and 8 long delays; 50 delays between them are the gap.',
    points: '16 training points on two arcs, 50 test points between them',
    /** Has nothing random. */
    make: () => shiftOrbit(),
    cost: { plain: 0.6, regularized: 2.05, end: 135 },
    drawing: curve,
  },
  torus: {
    title: 'Torus',
    what: 'A patch of a torus in 8 dimensions: the orbit of a point under two rotations that commute. Training sees a 7 × 7 grid without its 9 inner points; 81 points of that hole are the gap.',
    points: '40 training points of a 7 × 7 grid around a hole, 81 test points in it',
    make: (seed: number) => torusOrbit({ seed }),
    cost: { plain: 0.6, regularized: 1.8, end: 260 },
    // Every third line of 19 is one of the training grid's seven; refined from 55 × 55 latents, distances are within 0.4 % of
    // those from 100 × 100, in a quarter of the time.
    drawing: {
      view: overTheMiddle,
      extent: 0.75 * Math.PI,
      orbit: 19,
      surface: 15,
      latents: 55,
      fromOrbit: distanceToTorus,
    },
  },
}
