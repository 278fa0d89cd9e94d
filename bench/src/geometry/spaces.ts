import { crossings, regionGraph } from '@facet/geometry'
import { key } from '@facet/tensor'
import { denseNetwork } from './networks.ts'

/** What is timed without a peer: `run` says how many regions there are, and what else. */
export interface SpaceCase {
  readonly name: string
  run(): {
    readonly regions: number
    readonly edges: number | null
    readonly complete: boolean
    readonly verified: string
  }
}

/** Regions in n dimensions with their dual graph. */
export function graphCases(isQuick: boolean): SpaceCase[] {
  const shapes = isQuick ? ['3-5-5-2'] : ['4-8-8-2', '4-8-8-8-8-2']
  return shapes.flatMap((shape) =>
    (isQuick ? [1] : [1, 2, 3]).flatMap((seed) =>
      ([null, [-1, 1]] as const).map((box) => {
        const network = denseNetwork(shape.split('-').map(Number), seed)
        return {
          name: `${shape}, seed ${seed}, ${box === null ? 'all of space' : '±1'}`,
          run() {
            const { regions, dualEdges, complete, verified } = regionGraph(network, { box })
            return { regions, edges: dualEdges, complete, verified }
          },
        }
      }),
    ),
  )
}

/** Regions along a segment through an autoencoder. */
export function lineCases(isQuick: boolean): SpaceCase[] {
  const sizes = isQuick ? [20, 16, 8, 16, 20] : [784, 512, 256, 10, 256, 512, 784]
  const network = denseNetwork(sizes, 1)
  const [from, to] = ['from', 'to'].map((name) => key(1).child(name).uniformArray(sizes[0]))
  return [
    {
      name: `segment between two points of [0, 1]^${sizes[0]}, ${sizes.join('-')}`,
      run() {
        const { regions, complete, verified } = crossings(network, [from, to])
        return { regions, edges: null, complete, verified }
      },
    },
  ]
}
