import { closeSync, openSync, writeSync } from 'node:fs'
import { UsageError } from '../errors.ts'
import { abandonNeighbour, isStream, makeNeighbour, moveIntoPlace } from './atomic.ts'
import { causeOf } from './cause.ts'

/** Where the lines of a CSV go: a file that is whole or not there, or a stream. */
export interface LineSink {
  write(text: string): void
  /** All is written: a file takes its place. */
  close(): void
  /** Something failed: nothing stays behind. */
  abandon(): void
}

/** Writes all of a text: a full disk or a slow pipe takes a part first. */
function writeAll(file: number, text: string): void {
  let bytes: Uint8Array = Buffer.from(text)
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(file, bytes))
}

/** Every error of the disk names the file. */
function told<T>(path: string, f: () => T): T {
  try {
    return f()
  } catch (error) {
    throw new UsageError(`--out: cannot write ${path}: ${causeOf(error)}`)
  }
}

/** @throws UsageError where the file cannot be written. */
function fileSink(path: string): LineSink {
  const neighbour = told(path, () => makeNeighbour(path))
  return {
    write: (text) => told(path, () => writeAll(neighbour.file, text)),
    close: () =>
      told(path, () => {
        moveIntoPlace(neighbour, path)
        closeSync(neighbour.file)
      }),
    abandon: () => abandonNeighbour(neighbour),
  }
}

/** A pipe or a device: written to, not replaced. */
function deviceSink(path: string): LineSink {
  const file = told(path, () => openSync(path, 'w'))
  const close = () => closeSync(file)
  return { write: (text) => told(path, () => writeAll(file, text)), close, abandon: close }
}

const streamSink = (stream: { write(text: string): unknown }): LineSink => ({
  write: (text) => void stream.write(text),
  close() {},
  abandon() {},
})

/** Runs `f` with the sink that `out` names, a file or, for `-` and nothing, the stream; a file is whole or not there. */
export async function inSink<T>(
  out: string | undefined,
  stream: { write(text: string): unknown },
  f: (sink: LineSink) => Promise<T>,
): Promise<T> {
  const sink =
    out === undefined || out === '-' ? streamSink(stream) : isStream(out) ? deviceSink(out) : fileSink(out)
  try {
    const result = await f(sink)
    sink.close()
    return result
  } catch (error) {
    sink.abandon()
    throw error
  }
}
