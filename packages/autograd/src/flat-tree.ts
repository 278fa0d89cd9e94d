import { tensor } from '@facet/tensor'
import { floatLeaves, leafPaths, rebuild } from './tree.ts'

// Trees as `checkGradients` sees them: one list of numbers.

/** The numbers of all leaves of a tree, one leaf after another. */
export function numbersOf(tree: unknown): Float64Array {
  const leaves = floatLeaves('checkGradients', 'f(p)', tree)
  const all = new Float64Array(leaves.reduce((n, leaf) => n + leaf.size, 0))
  let at = 0
  for (const leaf of leaves) {
    all.set(leaf.dataSync(), at)
    at += leaf.size
  }
  return all
}

/** A tree like `like` that holds these numbers. */
export function treeOf<T>(like: T, numbers: Float64Array): T {
  let at = 0
  const leaves = floatLeaves('checkGradients', 'f(p)', like).map(({ shape, size, dtype }) => {
    at += size
    return tensor(numbers.slice(at - size, at), { shape, dtype })
  })
  return rebuild(like, leaves)
}

/** The place of number `index` in a tree that is called `at`: `p.w[1, 0]`. */
export function placeOf(at: string, tree: unknown, index: number): string {
  const leaves = floatLeaves('checkGradients', at, tree)
  const paths = leafPaths(at, tree)
  let leaf = 0
  for (; index >= leaves[leaf].size; leaf++) index -= leaves[leaf].size
  const position: number[] = []
  for (const length of leaves[leaf].shape.toReversed()) {
    position.unshift(index % length)
    index = Math.floor(index / length)
  }
  return `${paths[leaf]}[${position.join(', ')}]`
}
