/** A file that was changed somewhere, and in words how. */
export interface Mutant {
  readonly what: string
  readonly bytes: Uint8Array
}

/** How a kind of file is taken apart. */
export type MutantKind = 'bytes' | 'json' | 'lines' | 'safetensors'

/** What tells of JavaScript's own message: whoever reads it learns neither file nor place. */
const smells = [
  /Cannot (read propert|set propert|convert|destructure|access|mix|perform)/,
  /is not (iterable|a function|defined|a constructor|extensible)/i,
  /Invalid (array|typed array|string|count|time|regular|Array|DataView)/i,
  /Unexpected (token|end|non-whitespace|identifier|string|number)/i,
  /in JSON at position|is not valid JSON|JSON input/,
  /Maximum call stack|Array buffer allocation|out of memory|heap/i,
  /out of bounds|Offset is outside|start offset|byte length of|should be a multiple/i,
  /undefined \(reading|\[object \w+\]|ERR_[A-Z]|EISDIR|ENAMETOOLONG/,
  /Reduce of empty|Assignment to constant|object is not|BigInt/,
]

/** Whether a message is one of JavaScript's own. */
export const isNativeMessage = (message: string): boolean => smells.some((smell) => smell.test(message))

/** Numbers of a seed: the same ones on every machine. */
export function randomOf(seed: number): (below: number) => number {
  let state = (seed * 0x9e3779b1) >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

type Random = ReturnType<typeof randomOf>

/** So many mutants of a file, the same ones for the same seed. A safetensors file's data stay below a changed header. */
export function* mutantsOf(bytes: Uint8Array, kind: MutantKind, count: number, seed = 0): Generator<Mutant> {
  for (let i = 0; i < count; i++) {
    const random = randomOf(seed * 100_003 + i)
    // A quarter knows nothing of the form.
    yield random(4) === 0 ? ofBytes(bytes, random) : byKind[kind](bytes, random)
  }
}

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text)
const decoded = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

const pick = <T>(random: Random, items: readonly T[]): T => items[random(items.length)]

function ofBytes(bytes: Uint8Array, random: Random): Mutant {
  const at = random(bytes.length)
  switch (random(4)) {
    case 0:
      return { what: `cut at byte ${at}`, bytes: bytes.slice(0, at) }
    case 1: {
      const longer = new Uint8Array(bytes.length + 1)
      longer.set(bytes.subarray(0, at))
      longer[at] = random(256)
      longer.set(bytes.subarray(at), at + 1)
      return { what: `a byte put in at ${at}`, bytes: longer }
    }
    default:
      return flipped(bytes, 8 * at + random(8))
  }
}

/** A file with one bit of the other value. */
export function flipped(bytes: Uint8Array, bit: number): Mutant {
  const copy = new Uint8Array(bytes)
  copy[bit >> 3] ^= 1 << (bit & 7)
  return { what: `bit ${bit & 7} of byte ${bit >> 3}`, bytes: copy }
}

/** Text that stands where a value stood; some of it is no JSON. */
const values = [
  ...[
    'null',
    'true',
    'false',
    '0',
    '-1',
    '1',
    '0.5',
    '-0',
    '1e308',
    '1e999',
    '9007199254740993',
    '4294967296',
  ],
  ...['""', '"x"', '"NaN"', '"__proto__"', '"constructor"', '[]', '{}', '[[]]', '[null]', '{"number":"x"}'],
  ...[
    '{"number":"NaN"}',
    '{"length":3}',
    '{"__proto__":{"a":1}}',
    '[1,2,3,4,5,6,7,8,9]',
    '[-1]',
    '[4294967296,4294967296]',
  ],
  ...['NaN', 'Infinity', '-Infinity', 'undefined', '', '"\\ud800"', '"\\u0000"'],
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
]

const names = ['__proto__', 'constructor', 'toString', 'length', '', 'x', 'hasOwnProperty']

type Path = readonly (string | number)[]

/** Where all values of a document are, the document itself included. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [path, ...entries.flatMap(([name, entry]) => pathsOf(entry, [...path, name]))]
}

/** No text that is in a document. */
const hole = '\u0001hole\u0001'

/** The text of a document in which `change` was done to the field at `path`. */
function changed(value: unknown, path: Path, change: (owner: never, name: never) => void): string {
  const copy = structuredClone({ value })
  let owner: unknown = copy
  const full = ['value', ...path]
  for (const step of full.slice(0, -1)) owner = (owner as Record<string | number, unknown>)[step]
  change(owner as never, full[full.length - 1] as never)
  return JSON.stringify(copy.value)
}

/** A text of JSON with something else in one place. */
function ofJson(text: string, random: Random): { what: string; text: string } {
  const value: unknown = JSON.parse(text)
  const path = pick(random, pathsOf(value))
  const where = path.join('.') || 'all'
  const parent = path.length > 0 && typeof path[path.length - 1] === 'string'
  const put = (insert: string): string =>
    changed(value, path, (owner: Record<string, unknown>, name: string) => {
      owner[name] = hole
    }).replace(JSON.stringify(hole), () => insert)
  const kind = random(6)
  if (kind === 0 && path.length > 0) {
    return {
      what: `${where} removed`,
      text: changed(value, path, (owner: Record<string, unknown>, name: string) => {
        if (Array.isArray(owner)) owner.splice(Number(name), 1)
        else delete owner[name]
      }),
    }
  }
  if (kind === 1 && parent) {
    const name = pick(random, names)
    const renamed = changed(value, path, (owner: Record<string, unknown>, old: string) => {
      owner[hole] = owner[old]
      delete owner[old]
    })
    return {
      what: `${where} renamed '${name}'`,
      text: renamed.replace(JSON.stringify(hole), JSON.stringify(name)),
    }
  }
  const other = pick(random, values)
  if (kind === 2 && parent) {
    const twice = `"",${JSON.stringify(path[path.length - 1])}:${other}`
    return { what: `${where} twice, as ${other.slice(0, 30)}`, text: put(twice) }
  }
  return { what: `${where} ${other.slice(0, 30)}`, text: put(other) }
}

function json(bytes: Uint8Array, random: Random): Mutant {
  const { what, text } = ofJson(decoded(bytes), random)
  return { what, bytes: encoded(text) }
}

function lines(bytes: Uint8Array, random: Random): Mutant {
  const all = decoded(bytes).trimEnd().split('\n')
  const at = random(all.length)
  const mutant = ofJson(all[at], random)
  return {
    what: `line ${at + 1}: ${mutant.what}`,
    bytes: encoded(`${all.with(at, mutant.text).join('\n')}\n`),
  }
}

/** A header with the data of a file below it. */
function safetensors(bytes: Uint8Array, random: Random): Mutant {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true))
  const text = decoded(bytes.subarray(8, 8 + length)).trimEnd()
  const { what, text: header } = random(3) === 0 ? inMetadata(text, random) : ofJson(text, random)
  return { what, bytes: withHeader(header, bytes.subarray(8 + length)) }
}

/** A metadata entry that is JSON itself, changed. */
function inMetadata(text: string, random: Random): { what: string; text: string } {
  const header = JSON.parse(text) as { __metadata__?: Record<string, string> }
  const entries = Object.entries(header.__metadata__ ?? {}).filter(([, value]) => value.startsWith('{'))
  if (entries.length === 0) return ofJson(text, random)
  const [name, value] = pick(random, entries)
  const mutant = ofJson(value, random)
  const metadata = { ...header.__metadata__, [name]: mutant.text }
  return { what: `${name}: ${mutant.what}`, text: JSON.stringify({ ...header, __metadata__: metadata }) }
}

/** A safetensors file of a header's text and data. */
export function withHeader(header: string, data: Uint8Array): Uint8Array {
  const head = encoded(header)
  const padded = Math.ceil(head.length / 8) * 8
  const file = new Uint8Array(8 + padded + data.length).fill(0x20)
  new DataView(file.buffer).setBigUint64(0, BigInt(padded), true)
  file.set(head, 8)
  file.set(data, 8 + padded)
  return file
}

const byKind: Readonly<Record<MutantKind, (bytes: Uint8Array, random: Random) => Mutant>> = {
  bytes: ofBytes,
  json,
  lines,
  safetensors,
}
