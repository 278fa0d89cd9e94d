export const notConverged = (op: string, eigenvalue: number): string =>
  `${op}: expected eigenvalue ${eigenvalue} within 60 sweeps, got no convergence`
