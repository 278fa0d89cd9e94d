/** How well scores find what is labelled as odd. */
export interface Detection {
  /** Area under the ROC curve, ties counted half. */
  readonly auc: number
  readonly averagePrecision: number
  /** Of the odd rows, the share with an alarm. */
  readonly recall: number
  /** Of the alarms, the share that is odd. */
  readonly precision: number
  /** Of the normal rows, the share with an alarm. */
  readonly falseAlarms: number
  readonly odd: number
  readonly normal: number
}

export const detection = (
  _scores: ArrayLike<number>,
  _isOdd: ArrayLike<number>,
  _alarms: ArrayLike<number>,
): Detection => {
  throw new Error('detection: not written yet')
}
