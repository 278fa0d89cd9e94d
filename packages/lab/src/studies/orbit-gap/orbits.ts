import { type Orbit, rotationOrbit, shiftOrbit, torusOrbit } from '@facet/data'
import type { OrbitName } from './cases.ts'

/** The data of each case; the shifts of a signal have nothing random. */
export const orbits: Readonly<Record<OrbitName, (seed: number) => Orbit>> = {
  rotation: (seed) => rotationOrbit({ seed }),
  shift: () => shiftOrbit(),
  torus: (seed) => torusOrbit({ seed }),
}
