import { Network } from '@facet/models'
import { UsageError } from '../errors.ts'
import { layersOf } from './layers-of.ts'
import type { OpenedNetwork } from './open-network.ts'

/** What of an autoencoder is looked at. */
export const partNames = ['whole', 'encoder', 'decoder'] as const
export type PartName = (typeof partNames)[number]

/** A part of a network. */
export interface PartOptions {
  /** Default `whole`. */
  readonly part?: PartName
  /** The layers of that part from the first number up to, but not with, the second. */
  readonly layers?: readonly [from: number, to: number]
}

/** The part that was asked for. @throws UsageError where the network has no such part. */
export function partOf(
  { source, networks }: OpenedNetwork,
  { part = 'whole', layers }: PartOptions = {},
): Network {
  const chosen = halfOf(source, networks, part)
  if (layers === undefined) return chosen
  try {
    return layersOf(chosen, ...layers)
  } catch (error) {
    throw new UsageError(`${source}: ${(error as Error).message}`)
  }
}

function halfOf(source: string, networks: readonly Network[], part: PartName): Network {
  const [first, second] = networks
  if (part === 'whole')
    return second === undefined
      ? first
      : new Network(
          networks.flatMap(({ layers }) => layers),
          'autoencoder',
          first.dtype,
        )
  if (second === undefined)
    throw new UsageError(`${source}: --part ${part}: expected an autoencoder, got one network`)
  return part === 'encoder' ? first : second
}
