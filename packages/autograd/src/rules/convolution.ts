import type { Tensor } from '@facet/tensor'
import { restBehind } from '@facet/tensor/dispatch'
import { type JvpRules, linearJvp, type OpCall, type VjpRules } from './rule.ts'
import { sister } from './sister.ts'

/** Rows and columns. */
const sizeOf = ({ shape }: Tensor): [number, number] => [shape[2], shape[3]]

/** What the images get: `windows` go back over the weight to images of that size. */
const toImages = (
  call: OpCall<'conv2d' | 'convWeight2d'>,
  size: [number, number],
  windows: Tensor,
  weight: Tensor,
): Tensor => {
  const { stride, padding, dilation, groups } = call.params
  const params = { stride, padding, dilation, groups }
  const outputPadding = restBehind(size, { ...params, kernel: sizeOf(weight) })
  return sister(call, 'convTranspose2d', [windows, weight], { ...params, outputPadding })
}

/** Convolution, its transpose and what the weight gets are three partial derivatives of one trilinear form. */
export const convolutionVjp = {
  conv2d: [
    (g, call) => toImages(call, sizeOf(call.x[0]), g, call.x[1]),
    (g, call) => sister(call, 'convWeight2d', [call.x[0], g], { ...call.params, kernel: sizeOf(call.x[1]) }),
  ],
  convTranspose2d: [
    (g, call) => sister(call, 'conv2d', [g, call.x[1]], call.params),
    (g, call) => sister(call, 'convWeight2d', [g, call.x[0]], { ...call.params, kernel: sizeOf(call.x[1]) }),
  ],
  convWeight2d: [
    (g, call) => toImages(call, sizeOf(call.x[0]), call.x[1], g),
    (g, call) => sister(call, 'conv2d', [call.x[0], g], call.params),
  ],
} satisfies VjpRules

export const convolutionJvp = {
  conv2d: linearJvp,
  convTranspose2d: linearJvp,
  convWeight2d: linearJvp,
} satisfies JvpRules
