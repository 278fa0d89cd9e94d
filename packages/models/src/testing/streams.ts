import { key } from '@facet/tensor'
import { calibrate } from '../scoring/calibration.ts'
import { conformalMartingale } from '../scoring/conformal-martingale.ts'
import { onlinePValues } from '../scoring/online-p-values.ts'

/** Errors whose logarithms are normal; from row `change` on `factor` times as large. */
export interface StreamOfErrors {
  readonly calibrating: number
  readonly rows: number
  readonly change: number
  readonly factor: number
  /** Standard deviation of the logarithms. */
  readonly deviation: number
}

/** The first row after which the test says `changed`, Infinity where it never does. */
export function firstSaid(seed: number, stream: StreamOfErrors): number {
  const { calibrating, rows, change, factor, deviation } = stream
  const logs = key(seed)
    .child('stream')
    .normal([calibrating + rows], { dtype: 'float64', deviation })
  const errors = Float64Array.from(
    logs.dataSync(),
    (log, i) => Math.exp(log) * (i - calibrating < change ? 1 : factor),
  )
  logs.dispose()
  const p = onlinePValues(calibrate(errors.subarray(0, calibrating)), { seed }).next(
    errors.subarray(calibrating),
  )
  const test = conformalMartingale()
  for (let i = 0; i < rows; i++) {
    test.update(p.subarray(i, i + 1))
    if (test.changed) return i
  }
  return Infinity
}

/** Of as many streams: the share in which a change was said before it was there, the share in which it was said after, and the median of rows until then. */
export function saidOf(
  streams: number,
  stream: StreamOfErrors,
): { early: number; said: number; rows: number } {
  const { change } = stream
  const first = Array.from({ length: streams }, (_, seed) => firstSaid(seed, stream))
  const later = first
    .filter((at) => at >= change)
    .map((at) => at - change + 1)
    .sort((a, b) => a - b)
  return {
    early: first.filter((at) => at < change).length / streams,
    said: later.filter(Number.isFinite).length / streams,
    rows: later[later.length >> 1],
  }
}
