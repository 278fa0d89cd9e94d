/**
 * One value of a hyper-parameter among which the validation part chooses: a number, or of objectives that move samples along a bank
 * `1.5 without amplitude`, where samples move so far and do not swell.
 */
export type CandidateValue = number | string

const suffix = ' without amplitude'

const form = /^(?:0|[1-9]\d*)(?:\.\d+)? without amplitude$/

/** Whether something is a value that is no number. */
export const isWithoutAmplitude = (value: unknown): boolean => typeof value === 'string' && form.test(value)

/** The number of a value. */
export const numberOf = (value: CandidateValue): number =>
  typeof value === 'number' ? value : Number(value.slice(0, -suffix.length))

/** Whether samples swell. */
export const hasAmplitude = (value: CandidateValue): boolean => typeof value === 'number'

/** From the smallest; without amplitude after with it. */
export const byNumber = (a: CandidateValue, b: CandidateValue): number =>
  numberOf(a) - numberOf(b) || Number(hasAmplitude(b)) - Number(hasAmplitude(a))
