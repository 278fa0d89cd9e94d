/** The first matrices `[n, n]` of a workspace. */
export const matricesIn = (workspace: Float64Array, n: number, count: number): Float64Array[] =>
  Array.from({ length: count }, (_, k) => workspace.subarray(k * n * n, (k + 1) * n * n))
