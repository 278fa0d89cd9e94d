import { distanceToImage } from '@facet/geometry'
import type { Autoencoder } from '@facet/models'
import type { Tensor } from '@facet/tensor'
import { latentGrid } from './latent-grid.ts'
import type { CaseProtocol } from './settings.ts'

/** Distances of points [N, d] to the decoder's image of the code box and its margin, [N]. */
export const distanceToSurface = (
  model: Autoencoder,
  train: Tensor,
  points: Tensor,
  { margin, latents, refine }: CaseProtocol,
): Tensor =>
  distanceToImage(model.decoder, latentGrid(model.encode(train), margin, latents), points, { refine })
