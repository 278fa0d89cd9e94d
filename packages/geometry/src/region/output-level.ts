import { aValue } from '@facet/tensor/checks'
import type { OutputLevel } from './group-plan.ts'

/** A level set as an option. */
export const anOutputLevel = aValue<OutputLevel>(
  '{output: which output, value: a finite number}',
  (value) => {
    const { output, value: level = 0 } = (value ?? {}) as { output?: unknown; value?: unknown }
    return Number.isInteger(output) && (output as number) >= 0 && Number.isFinite(level)
  },
)

/** @throws RangeError for an output that the network does not have. */
export function expectOutput(operation: string, option: string, { output }: OutputLevel, outputs: number): void {
  if (output < outputs) return
  throw new RangeError(`${operation}: ${option}: expected an output below ${outputs}, got ${output}`)
}
