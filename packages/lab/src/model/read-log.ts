import type { EpochRecord } from '@facet/models'
import { UsageError } from '../errors.ts'
import { fromJsonLine } from '../folder/json-line.ts'
import { follow } from './files.ts'
import { epochSchema, type ModelConfig } from './model-schema.ts'

/** Every epoch of a `training.jsonl`, in order. @throws UsageError naming file, line and field. */
export function readLog(path: string, bytes: Uint8Array, { result }: ModelConfig): EpochRecord[] {
  const lines = new TextDecoder().decode(bytes).replace(/\n$/, '').split('\n')
  if (lines.length !== result.epochs) {
    throw new UsageError(`${path}: expected ${result.epochs} lines, one for each epoch, got ${lines.length}`)
  }
  return lines.map((line, i) => {
    const place = `${path}:${i + 1}`
    const record = follow(place, valueOf(line, place), epochSchema)
    if (record.epoch !== i) throw new UsageError(`${place}: epoch: expected ${i}, got ${record.epoch}`)
    return record
  })
}

function valueOf(line: string, place: string): unknown {
  try {
    return fromJsonLine(line)
  } catch {
    throw new UsageError(`${place}: expected JSON, got ${JSON.stringify(line.slice(0, 40))}`)
  }
}
