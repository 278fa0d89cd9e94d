import { createLogUpdate } from 'log-update'
import { coloursOf } from '../text/colours.ts'
import { duration } from '../text/duration.ts'
import { plain } from '../text/plain.ts'
import { Clocks } from './clocks.ts'
import type { NamedJob, Progress, ProgressStream } from './progress.ts'
import { jobTimeLeft } from './time-left.ts'

/** Redraws a second: enough to look alive, too few to flicker or to cost. */
const redrawsPerSecond = 8
const longestTimeLeft = ' 59 min 59 s left'.length

const barColours = coloursOf({ isTTY: true })

/** `━━━━━━━━────────` of `width` cells. */
function bar(fraction: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * width)
  return barColours.cyan('━'.repeat(full)) + barColours.dim('─'.repeat(width - full))
}

/** Where a bar no longer fits beside a name and the time left. */
const fewestColumns = 60

/** `label  ━━━━────  41 %  12 s left`, as wide as the terminal allows; without bar and time where it is narrow. */
export function barLine(
  label: string,
  labelWidth: number,
  fraction: number,
  left: number | null,
  columns: number,
) {
  const percent = `${Math.floor(fraction * 100)} %`.padStart(6)
  if (columns < fewestColumns) {
    const room = Math.max(0, columns - 1 - percent.length)
    return (label.slice(0, room).padEnd(Math.min(room, labelWidth)) + percent).slice(
      0,
      Math.max(0, columns - 1),
    )
  }
  const time = left === null ? '' : `  ${duration(left)} left`
  const barWidth = Math.max(8, Math.min(40, columns - labelWidth - percent.length - longestTimeLeft - 4))
  const words = plain(label)
  const name = words.length > labelWidth ? `${words.slice(0, labelWidth - 1)}…` : words.padEnd(labelWidth)
  return `${name}  ${bar(fraction, barWidth)}${percent}${barColours.dim(time)}`
}

/** A bar for every running job and one for all, redrawn in place: for terminals. */
export function barProgress(jobs: readonly NamedJob[], processes: number, stream: ProgressStream): Progress {
  const clocks = new Clocks(jobs, processes)
  const draw = createLogUpdate(stream as NodeJS.WriteStream, { showCursor: false })
  const total = (): string => `all · ${clocks.done} of ${jobs.length} done`
  const widest = Math.max(total().length, ...jobs.map(({ label }) => label.length))

  const frame = (): string => {
    const columns = stream.columns || 80
    const labelWidth = Math.min(widest, Math.max(20, columns - 40))
    const now = performance.now()
    const lines = clocks.running.map((job) =>
      barLine(
        jobs[job].label,
        labelWidth,
        clocks.jobs[job].fraction,
        jobTimeLeft(clocks.jobs[job], now),
        columns,
      ),
    )
    return [...lines, barLine(total(), labelWidth, clocks.fraction, clocks.left(), columns)].join('\n')
  }
  const timer = setInterval(() => draw(frame()), 1000 / redrawsPerSecond)

  return {
    started: (job) => clocks.start(job),
    advanced: (job, fraction) => clocks.advance(job, fraction),
    repeated(job, why) {
      draw.clear()
      stream.write(`${jobs[job].label}: ${why}; its run is repeated\n`)
    },
    ended: (job) => clocks.end(job),
    stop() {
      clearInterval(timer)
      draw.clear()
      draw.done()
    },
  }
}
