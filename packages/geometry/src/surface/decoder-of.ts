import { Autoencoder, type AutoencoderCode, Network, networksOf, RegionCode } from '@facet/models'
import { ones, type Tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import { knownRegion } from '../neighbours/known-region.ts'
import { expectPoints } from '../numbers/checks.ts'

/** A network whose pieces are looked at, or an autoencoder: then its decoder, at the codes of samples. */
export type Surface = Network | Autoencoder

/** Where: points x [N, inputs] (of an autoencoder samples [N, d]), or their region codes. */
export type SurfacePlace = Tensor | RegionCode | AutoencoderCode

/** The network, the regions in it, and which of the places lie in one: bool [N]. */
export function decoderOf(
  operation: string,
  surface: Surface,
  at: SurfacePlace,
): { readonly network: Network; readonly code: RegionCode; readonly isKnown: Tensor } {
  if (!(surface instanceof Autoencoder || surface instanceof Network))
    throw new TypeError(`${operation}: expected a Network or an Autoencoder, got ${describe(surface)}`)
  const network = surface instanceof Autoencoder ? networksOf(surface)[1] : surface
  const code = at instanceof RegionCode ? at : 'decoder' in at ? at.decoder : null
  if (code !== null) return { network, code, isKnown: ones([code.count], 'bool') }
  const points = at as Tensor
  if (!(surface instanceof Autoencoder)) {
    expectPoints(operation, 'x', network, points)
    return { network, ...knownRegion(network, points) }
  }
  expectPoints(operation, 'x', surface.encoder, points)
  return { network, ...knownRegion(network, surface.encode(points)) }
}
