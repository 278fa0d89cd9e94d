import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { decidingFlags } from './flags.ts'

/** Where and when numbers were taken. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  /** Flags of the processor that decide which kernels a library may use. */
  readonly flags: readonly string[]
  readonly memoryBytes: number
  readonly system: string
  readonly node: string
  readonly v8: string
  /** Of the minute before the start: above 0 others were at work as well. */
  readonly load: number
  readonly date: string
}

export function thisMachine(): Machine {
  const all = cpus()
  return {
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    flags: decidingFlags(),
    memoryBytes: totalmem(),
    system: `${type()} ${release()}`,
    node: process.version,
    v8: process.versions.v8,
    load: loadavg()[0],
    date: new Date().toISOString().slice(0, 16).replace('T', ' '),
  }
}
