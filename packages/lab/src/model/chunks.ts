import { rows, scope, type Tensor } from '@facet/tensor'

/** Rows computed at once: bounds memory, whatever the size of a file; 256 × 3072 pixels are 3 MB. */
const chunkRows = 256

/** Calls `f` with chunk after chunk of x [n, d] and the row each begins at; tensors made by `f` are released. */
export function forChunks(x: Tensor, f: (chunk: Tensor, from: number) => void): void {
  const [count] = x.shape
  for (let from = 0; from < count; from += chunkRows) {
    scope(() => f(rows(x, from, Math.min(from + chunkRows, count)), from))
  }
}
