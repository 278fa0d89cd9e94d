import { max, min, scope, type Tensor, type TypedArray } from '@facet/tensor'

/** Whether all elements are. NaN goes through both extremes; nothing of the tensor's size is made. */
export const allFinite = (x: Tensor): boolean =>
  scope(() => [max(x).item(), min(x).item()]).every(Number.isFinite)

/** @throws RangeError naming row and column of the first NaN or infinity. */
export function checkFinite(operation: string, name: string, data: Tensor): void {
  if (!allFinite(data)) checkFiniteValues(operation, name, data, data.dataSync())
}

/** {@link checkFinite} of a tensor whose numbers have been read. */
export function checkFiniteValues(operation: string, name: string, data: Tensor, values: TypedArray): void {
  for (let at = 0; at < values.length; at++) {
    if (Number.isFinite(values[at])) continue
    const width = data.size / data.shape[0]
    const column = data.rank === 1 ? '' : `, column ${at % width}`
    throw new RangeError(
      `${operation}: expected finite ${name}, got ${values[at]} at row ${Math.floor(at / width)}${column}`,
    )
  }
}
