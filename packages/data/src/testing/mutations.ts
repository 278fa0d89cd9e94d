import fc from 'fast-check'

const digits = [48, 57] as const

/** A file cut off, continued, with bytes flipped or digits changed, a piece left out or repeated; sometimes several of it. */
export const mutations = (file: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) => changes.reduce((bytes, by) => by(bytes), file))

/** A change of any file; places are shares of its length, so that it shrinks with the file. */
type Change = (bytes: Uint8Array) => Uint8Array

const share = fc.double({ min: 0, max: 1, noNaN: true })
const place = (bytes: Uint8Array, at: number): number =>
  Math.min(bytes.length - 1, Math.floor(at * bytes.length))

const changed = (bytes: Uint8Array, at: number, by: (byte: number) => number): Uint8Array => {
  if (bytes.length === 0) return bytes
  const copy = bytes.slice()
  copy[place(copy, at)] = by(copy[place(copy, at)])
  return copy
}

const piece = (bytes: Uint8Array, at: number, size: number): [number, number] => {
  const from = Math.floor(at * bytes.length)
  return [from, Math.min(bytes.length, from + size)]
}

const concat = (...pieces: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(pieces.flatMap((p) => [...p]))

const change: fc.Arbitrary<Change> = fc.oneof(
  share.map(
    (at): Change =>
      (bytes) =>
        bytes.slice(0, Math.floor(at * bytes.length)),
  ),
  fc.uint8Array({ minLength: 1, maxLength: 9 }).map(
    (tail): Change =>
      (bytes) =>
        concat(bytes, tail),
  ),
  fc.tuple(share, fc.nat(255)).map(
    ([at, byte]): Change =>
      (bytes) =>
        changed(bytes, at, () => byte),
  ),
  fc.tuple(share, fc.nat(7)).map(
    ([at, bit]): Change =>
      (bytes) =>
        changed(bytes, at, (byte) => byte ^ (1 << bit)),
  ),
  // Headers lie at the beginning.
  fc.tuple(fc.nat(19), fc.nat(255)).map(
    ([at, byte]): Change =>
      (bytes) => {
        const copy = bytes.slice()
        if (at < copy.length) copy[at] = byte
        return copy
      },
  ),
  // Another digit in place of one, so that the result is well-formed more often than not.
  fc.tuple(share, fc.nat(9)).map(
    ([at, digit]): Change =>
      (bytes) => {
        const from = bytes.length === 0 ? 0 : place(bytes, at)
        const where = bytes.findIndex((byte, i) => i >= from && byte >= digits[0] && byte <= digits[1])
        return where < 0 ? bytes : bytes.map((byte, i) => (i === where ? digits[0] + digit : byte))
      },
  ),
  // A separator, a line break, a quote or a sign in place of anything.
  fc.tuple(share, fc.constantFrom(...Array.from('\t\n\r ,;:"?#@.-eN', (c) => c.charCodeAt(0)))).map(
    ([at, byte]): Change =>
      (bytes) =>
        changed(bytes, at, () => byte),
  ),
  fc.tuple(share, fc.nat(40)).map(
    ([at, size]): Change =>
      (bytes) => {
        const [from, to] = piece(bytes, at, size)
        return concat(bytes.slice(0, from), bytes.slice(to))
      },
  ),
  fc.tuple(share, fc.nat(40)).map(
    ([at, size]): Change =>
      (bytes) => {
        const [from, to] = piece(bytes, at, size)
        return concat(bytes.slice(0, to), bytes.slice(from))
      },
  ),
)
