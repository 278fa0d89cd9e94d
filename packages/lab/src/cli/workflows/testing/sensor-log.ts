import { writeFileSync } from 'node:fs'
import { randomOf } from './random.ts'

/** Columns of measurements, of which `valve` never moves. */
export const sensors = ['temperature', 'pressure', 'flow', 'vibration', 'valve'] as const

export const pumps = ['A', 'B', 'C'] as const

/** From this minute to before that one the flow of a pump does not follow its pressure any more. */
export interface Fault {
  readonly pump: (typeof pumps)[number]
  readonly from: number
  readonly to: number
}

export interface SensorLog {
  readonly seed: number
  /** Of the first line. */
  readonly start: Date
  readonly minutes: number
  readonly fault: Fault | null
}

/** `2026-03-01 00:05:00`. */
export const timeAt = ({ start }: SensorLog, minute: number): string =>
  new Date(start.getTime() + minute * 60_000).toISOString().slice(0, 19).replace('T', ' ')

/** Minutes at which a logger was off: of every pump another hole, of 25 to 40 minutes. */
const isOff = (pump: number, minute: number): boolean => {
  const at = (minute + 331 * pump) % 1450
  return at >= 900 && at < 925 + 5 * pump
}

/**
 * Writes the log of three pumps, a line a minute and pump: time, pump, five sensors. Values are missing (`NA`) here and there, one at a time and a few in a
 * row; the loggers were off for half an hour a day; the valve was never moved.
 */
export function writeSensorLog(path: string, log: SensorLog): void {
  const { seed, minutes, fault } = log
  const { uniform, normal } = randomOf(seed)
  const lines = [`time,pump,${sensors.join(',')}`]
  const load = pumps.map(() => 0)
  const missing = sensors.map(() => 0)
  for (let minute = 0; minute < minutes; minute++) {
    for (const [p, pump] of pumps.entries()) {
      const turn = (2 * Math.PI * minute) / 120
      load[p] = 0.97 * load[p] + 0.05 * normal()
      const pressure = 4 + Math.sin(turn + p) + 0.3 * Math.sin(3 * turn) + load[p]
      const isFaulty = fault !== null && fault.pump === pump && minute >= fault.from && minute < fault.to
      // A pump gives as much as its pressure says; a leak takes it away.
      const flow = (isFaulty ? 0.75 : 1) * (20 + 6 * pressure + 0.5 * pressure * pressure)
      const values = [
        55 + 3 * Math.sin(turn + p - 0.5) + 2 * load[p] + 0.1 * normal(),
        pressure + 0.03 * normal(),
        flow + 0.3 * normal(),
        0.4 + 0.1 * Math.abs(Math.cos(turn + p)) + 0.01 * normal(),
      ]
      const cells = values.map((value, j) => {
        if (missing[j] > 0) missing[j]--
        else if (uniform() < 0.003) missing[j] = Math.floor(4 * uniform())
        else return value.toFixed(3)
        return 'NA'
      })
      if (!isOff(p, minute)) lines.push([timeAt(log, minute), pump, ...cells, '1'].join(','))
    }
  }
  writeFileSync(path, `${lines.join('\n')}\n`)
}
