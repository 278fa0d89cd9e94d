import type { Dense, Network, RegionCode } from '@facet/models'
import { applySlopes, ones, type Tensor } from '@facet/tensor'
import type { Rebuilt } from './rebuild.ts'

/** Slopes `q` of every unit, layer by layer: [layer][N][unit]; those of layers without states are 1. */
function slopes({ layers, dtype }: Network, code: RegionCode): Tensor[] {
  let group = 0
  return (layers as readonly Dense[]).map(({ outputs, groups, activation }) => {
    const all = ones([code.count, outputs[0]], dtype)
    return groups.length === 0 ? all : applySlopes(code.words[group++], all, activation)
  })
}

/** Outputs, slopes, codes and local affine maps: what a golden network file says of its forward pass. */
export const affineQuantities: Readonly<Record<string, (net: Rebuilt) => Tensor | Tensor[]>> = {
  z: ({ model, x }) => model.encode(x),
  xhat: ({ model, x }) => model.reconstruct(x),
  q_enc: ({ model, x }) => slopes(model.encoder, model.regionCode(x).encoder),
  q_dec: ({ model, x }) => slopes(model.decoder, model.regionCode(x).decoder),
  code_enc: ({ model, x }) => model.regionCode(x).encoder.states(),
  code_dec: ({ model, x }) => model.regionCode(x).decoder.states(),
  A_E: ({ model, x }) => model.encoder.localAffine(x).A,
  B_E: ({ model, x }) => model.encoder.localAffine(x).b,
  A_D: ({ model, x }) => model.decoder.localAffine(model.regionCode(x).decoder).A,
  B_D: ({ model, x }) => model.decoder.localAffine(model.regionCode(x).decoder).b,
  D_theta: ({ model, theta }) => model.decode(theta),
  D_theta_p: ({ model, thetaPrimed }) => model.decode(thetaPrimed),
  A_D_theta: ({ model, theta }) => model.decoder.jacobian(theta),
  A_D_theta_p: ({ model, thetaPrimed }) => model.decoder.jacobian(thetaPrimed),
  code_dec_theta: ({ model, theta }) => model.decoder.regionCode(theta).states(),
  code_dec_theta_p: ({ model, thetaPrimed }) => model.decoder.regionCode(thetaPrimed).states(),
}
