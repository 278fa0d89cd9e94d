/** Whether a case is among a share of all, which are counted from 1: spread evenly, the first always among them. */
export const isTried = (index: number, share: number): boolean =>
  index === 1 || Math.floor(index * share) !== Math.floor((index - 1) * share)
