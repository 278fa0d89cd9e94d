import { formatShape, type Tensor } from '@facet/tensor'

/** @throws Error unless the bias, if there is one, has `length` numbers of the weight's dtype. */
export function checkBias(
  kind: string,
  name: string,
  weight: Tensor,
  length: number,
  bias: Tensor | null,
): void {
  if (bias === null) return
  if (bias.rank !== 1 || bias.shape[0] !== length) {
    throw new Error(
      `${kind} '${name}': weight ${formatShape(weight.shape)} expects a bias [${length}], got ${formatShape(bias.shape)}`,
    )
  }
  if (bias.dtype !== weight.dtype) {
    throw new Error(
      `${kind} '${name}': expected weight and bias of one dtype, got ${weight.dtype} and ${bias.dtype}`,
    )
  }
}
