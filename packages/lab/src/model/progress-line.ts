import type { EpochRecord } from '@facet/models'
import { createLogUpdate } from 'log-update'
import type { ProgressStream } from '../progress/progress.ts'
import { duration } from '../text/duration.ts'

/** Shows a single training epoch by epoch. */
export interface TrainingProgress {
  epoch(record: EpochRecord, secondsLeft: number): void
  /** Nothing more comes; leaves the terminal tidy. */
  stop(): void
}

/** Lines that a log gets in all, beside the last. */
const logLines = 20
/** Between two redraws, in milliseconds: enough to look alive, too few to flicker. */
const redrawEvery = 100

const error = (value: number): string => value.toPrecision(4)

/** `epoch  12/125  loss 0.1234  validation 0.2345  3 s left`. */
export function epochLine(
  { epoch, train, validation }: EpochRecord,
  epochs: number,
  secondsLeft: number,
): string {
  const digits = String(epochs).length
  const done = `epoch ${String(epoch + 1).padStart(digits)}/${epochs}`
  const held = validation === undefined ? [] : [`validation ${error(validation)}`]
  const left = epoch + 1 < epochs ? [`${duration(secondsLeft)} left`] : []
  return [done, `loss ${error(train.loss)}`, ...held, ...left].join('  ')
}

/** One line, redrawn in place, on a terminal; elsewhere a line now and then. */
export function trainingProgress(epochs: number, stream: ProgressStream): TrainingProgress {
  if (!stream.isTTY) {
    const every = Math.ceil(epochs / logLines)
    return {
      epoch(record, left) {
        if ((record.epoch + 1) % every !== 0 && record.epoch + 1 !== epochs) return
        stream.write(`${epochLine(record, epochs, left)}\n`)
      },
      stop() {},
    }
  }
  const draw = createLogUpdate(stream as NodeJS.WriteStream, { showCursor: false })
  let drawnAt = -Infinity
  return {
    epoch(record, left) {
      if (performance.now() - drawnAt < redrawEvery) return
      drawnAt = performance.now()
      draw(epochLine(record, epochs, left))
    },
    stop() {
      draw.clear()
      draw.done()
    },
  }
}
