import { expect } from 'vitest'
import type { PlainLayer } from './plain-layers.ts'
import { planeOracle } from './plane-oracle.ts'
import type { PlaneScene } from './plane-scenes.ts'
import type { Rewriting } from './rewrites.ts'

/** Regions by codes of the network as it was: corners exactly. */
function regionsOf(
  { plane, window }: PlaneScene,
  layers: readonly PlainLayer[],
  back = (code: readonly number[]) => [...code],
) {
  const { regions } = planeOracle(layers, plane, window)
  return new Map(
    regions.map(({ code, corners }) => [
      back(code).join(),
      corners
        .map(({ x, y, w }) => `${x} ${y} ${w}`)
        .sort()
        .join(),
    ]),
  )
}

/** A rewriting has the same regions, as exact arithmetic finds them. */
export function expectSameRegions(
  scenes: readonly PlaneScene[],
  rewrite: (layers: readonly PlainLayer[]) => Rewriting,
): void {
  for (const scene of scenes) {
    const { layers, back } = rewrite(scene.layers)
    expect(regionsOf(scene, layers, back), scene.name).toEqual(regionsOf(scene, scene.layers))
  }
}
