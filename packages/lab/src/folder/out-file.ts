import { chmodSync, chownSync, closeSync, constants, openSync, type Stats, writeSync } from 'node:fs'
import { UsageError } from '../errors.ts'
import { abandonNeighbour, makeNeighbour, moveIntoPlace } from './atomic.ts'
import { causeOf } from './cause.ts'
import { type OutTarget, outTarget } from './out-target.ts'

/** Where a command writes what `--out` asks for: a file that is whole or as it was, a pipe or device, or the command's output. */
export interface OutFile {
  /** Bytes only where `out` names a file. */
  write(content: string | Uint8Array): void
  /** All is written: a file takes its place. */
  close(): void
  /** Something failed: nothing stays behind. */
  abandon(): void
}

/** What a command's output takes. */
export interface OutStream {
  write(text: string): unknown
}

/** Milliseconds until a full pipe that does not wait is tried again. */
const pause = 5

const pauses = new Int32Array(new SharedArrayBuffer(4))

/** Writes all of it: a full disk or a slow pipe takes a part first. */
function writeAll(file: number, content: string | Uint8Array): void {
  let bytes: Uint8Array = typeof content === 'string' ? Buffer.from(content) : content
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(file, bytes))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      Atomics.wait(pauses, 0, 0, pause)
    }
  }
}

/** Every error of the disk names the file. */
function told<T>(path: string, f: () => T): T {
  try {
    return f()
  } catch (error) {
    throw new UsageError(`--out: cannot write ${path}: ${causeOf(error)}`)
  }
}

/** The neighbour gets the rights of the file that it replaces, and its owner where this user may give files away. */
function dressAs({ mode, uid, gid }: Stats, neighbour: string): void {
  try {
    chownSync(neighbour, uid, gid)
  } catch {
    // Only root gives files away; the rights are kept all the same.
  }
  chmodSync(neighbour, mode & 0o7777)
}

function wholeFile(shown: string, { path, there }: Extract<OutTarget, { kind: 'file' }>): OutFile {
  const neighbour = told(shown, () => makeNeighbour(path))
  const whole: OutFile = {
    write: (content) => told(shown, () => writeAll(neighbour.file, content)),
    close: () =>
      told(shown, () => {
        moveIntoPlace(neighbour, path)
        closeSync(neighbour.file)
      }),
    abandon: () => abandonNeighbour(neighbour),
  }
  if (there === undefined) return whole
  try {
    told(shown, () => dressAs(there, neighbour.path))
    return whole
  } catch (error) {
    whole.abandon()
    throw error
  }
}

/** A pipe or a device: written to, not replaced. */
function openedStream(shown: string, path: string): OutFile {
  const file = told(shown, () => openSync(path, constants.O_WRONLY | constants.O_NOCTTY))
  const close = () => closeSync(file)
  return { write: (content) => told(shown, () => writeAll(file, content)), close, abandon: close }
}

const nothing = (): void => {}

const openDescriptor = (shown: string, number: number): OutFile => ({
  write: (content) => told(shown, () => writeAll(number, content)),
  close: nothing,
  abandon: nothing,
})

const commandOutput = (stream: OutStream): OutFile => ({
  write: (content) => void stream.write(content as string),
  close: nothing,
  abandon: nothing,
})

/** Whether `--out` asks for the command's own output. */
export const isOutput = (out: string | undefined): out is undefined | '-' => out === undefined || out === '-'

/** Opens what `out` names: `-` and nothing are the command's output. @throws UsageError where it cannot be written */
function openOut(out: string | undefined, stream: OutStream): OutFile {
  if (isOutput(out)) return commandOutput(stream)
  const target = outTarget(out)
  if (target.kind === 'file') return wholeFile(out, target)
  return target.kind === 'stream' ? openedStream(out, target.path) : openDescriptor(out, target.number)
}

/** Runs `f` with what `out` names; a file is whole or as it was. */
export async function inOut<T>(
  out: string | undefined,
  stream: OutStream,
  f: (file: OutFile) => Promise<T> | T,
): Promise<T> {
  const file = openOut(out, stream)
  try {
    const result = await f(file)
    file.close()
    return result
  } catch (error) {
    file.abandon()
    throw error
  }
}
