/**
 * P(at least k of N new rows have an error above the m-th largest of n calibrating ones), where all are drawn from one law without ties: every order of the
 * n + N errors is as likely, and the number is beta-binomial with parameters m and n + 1 − m.
 */
export function upperTail(k: number, N: number, m: number, n: number): number {
  if (k <= 0) return 1
  const [a, b] = [m, n + 1 - m]
  // P(0) = B(a, N + b) / B(a, b), a product of a factors since a is a whole number; then from each count to the next.
  let log = 0
  for (let i = 0; i < a; i++) log += Math.log((b + i) / (N + b + i))
  const ratio = (j: number) => ((N - j) / (j + 1)) * ((j + a) / (N - j - 1 + b))
  for (let j = 0; j < k; j++) log += Math.log(ratio(j))
  let [sum, term] = [0, 1]
  for (let j = k; j <= N; j++) {
    sum += term
    term *= ratio(j)
  }
  return Math.min(1, Math.exp(log) * sum)
}
