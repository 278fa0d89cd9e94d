import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { UsageError } from '../errors.ts'

/** Lines into a file, as they are made; `-` is the command's output. @throws UsageError for a file that cannot be written. */
export async function writeLines(
  path: string,
  lines: Iterable<string>,
  { stdout }: { readonly stdout: { write(text: string): unknown } },
): Promise<void> {
  if (path === '-') {
    for (const line of lines) stdout.write(`${line}\n`)
    return
  }
  try {
    await pipeline(Readable.from(ended(lines)), createWriteStream(path))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).path === undefined) throw error
    throw new UsageError(`--out: ${(error as Error).message}`)
  }
}

function* ended(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`
}
