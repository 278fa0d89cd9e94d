import { Network } from '@facet/models'
import { UsageError } from '../command/usage-error.ts'
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

/** The layers from `from` up to, but not with, `to`, as a network of their own. @throws Error where there are none such. */
export function layersOf(network: Network, from: number, to: number, name = network.name): Network {
  const end = network.layers.length
  if (from < 0 || from >= to || to > end)
    throw new Error(`layers: expected FROM,TO with 0 <= FROM < TO <= ${end}, got ${from},${to}`)
  return new Network(network.layers.slice(from, to), name, network.dtype)
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
