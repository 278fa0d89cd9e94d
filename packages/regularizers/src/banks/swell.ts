import { exp, maximum, minimum, mul, type Tensor } from '@facet/tensor'

/** Where `exp` ends: a factor of 4.5 either way (docs/mathematics.md 6.1). */
const largestAmplitude = 1.5

/** `x · exp(field)`, the field within ±1.5. */
export const swell = (x: Tensor, field: Tensor): Tensor =>
  mul(x, exp(minimum(maximum(field, -largestAmplitude), largestAmplitude)))
