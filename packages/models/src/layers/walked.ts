import { add, type Tensor } from '@facet/tensor'
import type { Network } from '../network.ts'
import type { LayerWalk } from './layer.ts'

/** What a walk through a network finds: its output, and of every unit its state and how far it is from another. */
export interface Walked {
  readonly output: Tensor
  readonly states: number[][]
  readonly margins: number[][]
}

/** The place of the largest of a unit's candidates, and by how much it is larger than every other, in units of the largest or 1. */
function choiceOf(candidates: readonly number[]): [number, number] {
  const best = candidates.indexOf(Math.max(...candidates))
  const others = candidates.filter((_, k) => k !== best)
  const scale = Math.max(1, ...candidates.filter(Number.isFinite).map(Math.abs))
  return [best, (candidates[best] - Math.max(...others)) / scale]
}

/** Walks through a network at points x [N, in]. */
export function walked(net: Network, x: Tensor): Walked {
  const states: number[][] = Array.from({ length: x.shape[0] }, () => [])
  const margins: number[][] = Array.from({ length: x.shape[0] }, () => [])
  const walk: LayerWalk<Tensor> = {
    affine(map, bias, v) {
      const moved = map === null ? v : map.apply(v)
      return bias === null ? moved : add(moved, bias)
    },
    pieces(pieces, v) {
      const candidates = pieces.candidates(v).toArray() as number[][][]
      candidates.forEach((units, n) => {
        const choices = units.map(choiceOf)
        states[n].push(...choices.map(([state]) => state))
        margins[n].push(...choices.map(([, margin]) => margin))
      })
      return pieces.forward(v).output
    },
    add: (a, b) => add(a, b),
  }
  return { output: net.walk(walk, x), states, margins }
}
