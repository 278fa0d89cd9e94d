import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { UsageError } from '../errors.ts'

/** Where the lines of a CSV go: a file that is whole or not there, or a stream. */
export interface LineSink {
  write(text: string): void
  /** All is written: a file takes its place. */
  close(): void
  /** Something failed: nothing stays behind. */
  abandon(): void
}

/** @throws UsageError where the file cannot be made. */
function fileSink(path: string): LineSink {
  const neighbour = `${path}.${process.pid}.tmp`
  const file = opened(path, neighbour)
  return {
    write: (text) => void writeSync(file, text),
    close() {
      fsyncSync(file)
      closeSync(file)
      renameSync(neighbour, path)
    },
    abandon() {
      closeSync(file)
      rmSync(neighbour, { force: true })
    },
  }
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
  const sink = out === undefined || out === '-' ? streamSink(stream) : fileSink(out)
  try {
    const result = await f(sink)
    sink.close()
    return result
  } catch (error) {
    sink.abandon()
    throw error
  }
}

/** Opens what goes beside `path` until it is whole. */
function opened(path: string, neighbour: string): number {
  try {
    return openSync(neighbour, 'w')
  } catch (error) {
    throw new UsageError(`--out: cannot write ${path}: ${(error as Error).message}`)
  }
}
