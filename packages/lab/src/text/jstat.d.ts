/** The part of jStat that is used here; it brings no types. */
declare module 'jstat' {
  const jStat: {
    readonly studentt: {
      /** P(T ≤ x) of Student's t with so many degrees of freedom. */
      cdf(x: number, degrees: number): number
    }
    readonly chisquare: {
      /** P(X ≤ x) of χ² with so many degrees of freedom. */
      cdf(x: number, degrees: number): number
    }
  }
  export default jStat
}
