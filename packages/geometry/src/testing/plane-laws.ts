import { key } from '@facet/tensor'
import {
  faultsAgainstOracle,
  faultsOfCut,
  faultsOfInvariants,
  faultsOfRewritings,
  type Partitioner,
} from './plane-checks.ts'
import type { PlaneScene } from './plane-scenes.ts'

/** What holds of every partition of a plane, as faults of a scene: none are right. */
export const planeLaws: Readonly<Record<string, (scene: PlaneScene, partitioner: Partitioner) => string[]>> =
  {
    'it is that of exact arithmetic, region by region': (scene, partitioner) =>
      faultsAgainstOracle(scene, partitioner),
    'so it is when it is cut by an output': (scene, partitioner) =>
      faultsAgainstOracle(scene, partitioner, { output: 0, value: 0.125 }),
    'regions on both sides of a cut less those that a walk along it meets are all regions': (
      scene,
      partitioner,
    ) => faultsOfCut(scene, partitioner, uniform(scene, 'cut')()),
    'Euler, areas, mean neighbours, sampled patterns, adjacency that is symmetric': (scene, partitioner) =>
      faultsOfInvariants(scene, partitioner, uniform(scene, 'points')),
    'the network written otherwise has the same regions': faultsOfRewritings,
  }

function uniform({ name }: PlaneScene, stream: string): () => number {
  const numbers = key(name).child(stream).uniformArray(128)
  let at = 0
  return () => numbers[at++]
}

/** The faults of all scenes, with the names of these. */
export const faultsOfAll = (
  scenes: Iterable<PlaneScene>,
  partitioner: Partitioner,
  law: (scene: PlaneScene, partitioner: Partitioner) => string[],
): string[] =>
  [...scenes].flatMap((scene) => law(scene, partitioner).map((fault) => `${scene.name}: ${fault}`))
