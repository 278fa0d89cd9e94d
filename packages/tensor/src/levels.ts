let depth = 0

/** How many transforms are tracing at this moment. */
export const traceDepth = (): number => depth

/** Runs `f` with the level of a new transform, counted from 1: inner transforms have higher levels and go first. */
export function withLevel<T>(f: (level: number) => T): T {
  depth++
  try {
    return f(depth)
  } finally {
    depth--
  }
}
