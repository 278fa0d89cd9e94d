import type { EpochRecord } from '@facet/models'
import { createLogUpdate } from 'log-update'
import type { ProgressStream } from '../progress/progress.ts'
import { duration } from '../text/duration.ts'
import { counted } from '../text/number.ts'

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
  const line = redrawnLine(stream)
  return {
    epoch: (record, left) => line.draw(() => epochLine(record, epochs, left)),
    stop: line.stop,
  }
}

/** Between two lines of a log, in milliseconds; work that is done before the first says nothing. */
const logEvery = 10_000

/** Shows how many rows of a file are done: one line, redrawn in place, on a terminal; elsewhere a line every ten seconds. */
export function rowsProgress(
  stream: ProgressStream,
  now: () => number = () => performance.now(),
): { advanced(name: string, done: number, of: number): void; stop(): void } {
  const begun = now()
  const lineOf = (name: string, done: number, of: number): string => {
    const left = ((now() - begun) / 1000 / done) * (of - done)
    return `${name}: ${done} of ${counted(of, 'row')}  ${duration(left)} left`
  }
  if (stream.isTTY) {
    const line = redrawnLine(stream)
    return { advanced: (...done) => line.draw(() => lineOf(...done)), stop: line.stop }
  }
  let toldAt = begun
  return {
    advanced(...done) {
      if (now() - toldAt < logEvery) return
      toldAt = now()
      stream.write(`${lineOf(...done)}\n`)
    },
    stop() {},
  }
}

/** A line that is redrawn in place, and gone at last. */
function redrawnLine(stream: ProgressStream): { draw(text: () => string): void; stop(): void } {
  const draw = createLogUpdate(stream as NodeJS.WriteStream, { showCursor: false })
  let drawnAt = -Infinity
  return {
    draw(text) {
      if (performance.now() - drawnAt < redrawEvery) return
      drawnAt = performance.now()
      draw(text())
    },
    stop() {
      draw.clear()
      draw.done()
    },
  }
}
