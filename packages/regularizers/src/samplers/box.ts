import { add, max, maximum, min, mul, sub, type Tensor } from '@facet/tensor'
import type { LatentPairs, SamplerContext } from './sampler.ts'

/** The box of codes [N, h]: the smallest of each coordinate and its span, both [h]. */
export function boxOf(codes: Tensor): { low: Tensor; span: Tensor } {
  const low = min(codes, 0)
  return { low, span: sub(max(codes, 0), low) }
}

/** Noise uniform in ± `scale` times the span of each coordinate, [pairs, h]. */
export function spanNoise(context: SamplerContext, stream: string, span: Tensor, scale: number): Tensor {
  const { pairs, bottleneck, dtype } = context
  const unit = context.key.child(stream).uniform([pairs, bottleneck], { low: -1, high: 1, dtype })
  return mul(unit, mul(span, scale))
}

/** θ and θ' = θ + noise · span · U(−1, 1), both brought back to 0 where a ReLU bottleneck cannot go below it. */
export function pairsAround(
  context: SamplerContext,
  center: Tensor,
  span: Tensor,
  noise: number,
): LatentPairs {
  const theta = clamped(context, center)
  return { theta, thetaPrime: clamped(context, add(theta, spanNoise(context, 'thetaPrime', span, noise))) }
}

function clamped({ nonNegative }: SamplerContext, points: Tensor): Tensor {
  return nonNegative ? maximum(points, 0) : points
}
