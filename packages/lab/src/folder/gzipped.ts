import { gzipSync } from 'node:zlib'
import type { OutFile } from './out-file.ts'

/** Bytes that are packed at a time, as one member of the file: 0.1 % larger than packed as a whole. */
const member = 1 << 20

/** Packs what is written: one gzip member after the other, which every reader takes for one file. */
export function gzipped(file: OutFile): OutFile {
  let held: Uint8Array[] = []
  let size = 0
  const pack = (): void => {
    file.write(gzipSync(Buffer.concat(held)))
    held = []
    size = 0
  }
  return {
    write(content) {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content
      held.push(bytes)
      size += bytes.length
      if (size >= member) pack()
    },
    close() {
      pack()
      file.close()
    },
    abandon: () => file.abandon(),
  }
}
