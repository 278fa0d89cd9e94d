import { crc32 } from '@facet/tensor'
import { UsageError } from '../errors.ts'
import { readableJson } from '../folder/readable-json.ts'

/** The first lines of a file; the checksum is that of the file without its line. */
const opening = '{\n'
const line = (sum: string): string => `  "crc32": "${sum}",\n`
const form = /^\{\n {2}"crc32": "([0-9a-f]{8})",\n$/
const length = opening.length + line('00000000').length

const encoder = new TextEncoder()
const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

const checksumOf = (bytes: Uint8Array): string => crc32(bytes).toString(16).padStart(8, '0')

/** Fields as JSON for people, whose first field is the checksum of the others. */
export function checkedJson(value: object): string {
  const text = readableJson(value)
  return `${opening}${line(checksumOf(encoder.encode(text)))}${text.slice(opening.length)}`
}

/** What a file of {@link checkedJson} holds, and one without a checksum. */
export interface CheckedBytes {
  /** The file without its checksum. */
  readonly bytes: Uint8Array
  readonly isChecked: boolean
  /** @throws UsageError where the file is not what was written. */
  expectSound(path: string): void
}

/** Takes the checksum off. What is wrong with a field is told first, in the field's own words, so that it is compared later. */
export function uncheckedJson(given: Uint8Array): CheckedBytes {
  const [, expected] = form.exec(latin(given.subarray(0, length))) ?? []
  if (expected === undefined) return { bytes: given, isChecked: false, expectSound: () => {} }
  // `slice` of one of Node's buffers is no copy.
  const bytes = new Uint8Array(given.subarray(length - opening.length))
  bytes.set(encoder.encode(opening))
  return {
    bytes,
    isChecked: true,
    expectSound(path) {
      const found = checksumOf(bytes)
      if (found === expected) return
      throw new UsageError(
        `${path}: damaged or edited: expected the checksum ${expected} that it begins with, found ${found}`,
      )
    },
  }
}
