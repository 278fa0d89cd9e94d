import { describe } from '../checks.ts'
import { purpose } from './purpose.ts'
import { threefry } from './threefry.ts'

/** What a child key can be named by. */
export type KeyName = string | number

/** The words of the child key with this name: the name is encrypted under the parent. @throws if it is no name. */
export function deriveKey(parent: Uint32Array, name: KeyName): Uint32Array {
  if (typeof name === 'number') return deriveNumber(parent, name)
  if (typeof name === 'string') return deriveText(parent, name)
  throw new TypeError(`key: expected a string or a whole number, got ${describe(name)}`)
}

function deriveNumber(parent: Uint32Array, name: number): Uint32Array {
  if (!Number.isSafeInteger(name)) {
    throw new RangeError(`key: expected a string or a whole number of at most 53 bits, got ${name}`)
  }
  const child = new Uint32Array(4)
  threefry(parent, name | 0, Math.floor(name / 2 ** 32) | 0, purpose.childNumber, 0, child)
  return child
}

const utf8 = new TextEncoder()

/** Halves of a character: all of them encode alike, so that other names would give the same numbers. */
const loneSurrogate = /\p{Surrogate}/u

/** Eight bytes of UTF-8 at a time, each piece under the key of the one before; the length keeps prefixes apart. */
function deriveText(parent: Uint32Array, name: string): Uint32Array {
  if (loneSurrogate.test(name)) {
    throw new RangeError(
      `key: expected whole characters, got half a surrogate pair in ${JSON.stringify(name)}`,
    )
  }
  const bytes = utf8.encode(name)
  const padded = new DataView(new ArrayBuffer(Math.max(8, 8 * Math.ceil(bytes.length / 8))))
  bytes.forEach((byte, i) => {
    padded.setUint8(i, byte)
  })
  let key = parent
  for (let at = 0; at < padded.byteLength; at += 8) {
    const next = new Uint32Array(4)
    threefry(
      key,
      padded.getInt32(at, true),
      padded.getInt32(at + 4, true),
      purpose.childText,
      bytes.length,
      next,
    )
    key = next
  }
  return key
}
