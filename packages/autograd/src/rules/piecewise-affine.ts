import { applySlopes, broadcastTo, matmul, reshape } from '@facet/tensor'
import { asRows } from './matrices.ts'
import type { JvpRules, VjpRules } from './rule.ts'

/** Rules that hold in both modes. Codes are constant inside a region. */
export const piecewiseAffineRules = {
  applySlopes: [null, (t, { x, params }) => applySlopes(x[0], t, params)],
  activate: (t, { y, params }) => applySlopes(y[1], t, params),
  packStates: null,
  unpackStates: null,
  countDifferingStates: null,
} satisfies JvpRules

export const piecewiseAffineVjp = {
  affine: {
    shared: (g, { y, params }) => applySlopes(y[1], g, params),
    partials: [
      (s, { x }) => reshape(matmul(asRows(s), x[1]), x[0].shape),
      (s, { x }) => ({ left: asRows(s), right: asRows(x[0]), shape: x[1].shape }),
      (s) => s,
    ],
  },
} satisfies VjpRules

export const piecewiseAffineJvp = {
  affine: [
    (t, { x, y, params }) =>
      applySlopes(y[1], reshape(matmul(asRows(t), x[1], { transposeB: true }), y[0].shape), params),
    (t, { x, y, params }) =>
      applySlopes(y[1], reshape(matmul(asRows(x[0]), t, { transposeB: true }), y[0].shape), params),
    (t, { y, params }) => applySlopes(y[1], broadcastTo(t, y[0].shape), params),
  ],
} satisfies JvpRules
