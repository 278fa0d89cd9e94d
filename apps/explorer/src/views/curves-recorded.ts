/** Steps that can be shown: the recorded ones, and the newest behind them. In order, each once. */
export const showable = (recorded: readonly number[], newest: number): number[] => [
  ...recorded.filter((step) => step < newest),
  newest,
]

/** The number of the step nearest to one that is wished for; of two the earlier. @param steps in order, at least one */
export function nearest(steps: readonly number[], wished: number): number {
  let best = 0
  for (let i = 1; i < steps.length; i++)
    if (Math.abs(steps[i] - wished) < Math.abs(steps[best] - wished)) best = i
  return best
}

/** What the state says of a number of {@link showable}: `null` for the newest, which goes on. */
export const shownOf = (steps: readonly number[], i: number): number | null =>
  i >= steps.length - 1 ? null : steps[Math.max(0, i)]
