/** How a linear program ends. */
export type LinearStatus = 'optimal' | 'unbounded' | 'infeasible'
