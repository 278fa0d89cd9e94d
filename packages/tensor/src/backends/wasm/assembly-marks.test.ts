import { describe, expect, it } from 'vitest'
import { codes, slow } from './kernels.generated.ts'

interface Marks {
  writeMarked(file: string, text: string): string
  writeCodes(sources: Record<string, string>): string
}
// A script without types, which plain Node runs before anything is built.
const script = new URL('../../../scripts/assembly-marks.mjs', import.meta.url).href
const { writeMarked, writeCodes }: Marks = await import(script)

/** What the build adds to a source. */
const added = (text: string): string => writeMarked('file.ts', text).slice(text.length).trim()

describe('instances of a marked function', () => {
  it('are exported for each type, with their types in place of the parameter', () => {
    const source = `
/** Adds. */
// instances: f32 i32
@inline function plus<T>(x: usize, by: T): T {
  return load<T>(x) + by
}
`
    expect(added(source).split('\n')).toEqual([
      'export function plus_f32(x: usize, by: f32): f32 { return plus<f32>(x, by) }',
      'export function plus_i32(x: usize, by: i32): i32 { return plus<i32>(x, by) }',
    ])
  })

  it('have the types that are named, one for each parameter', () => {
    const source = '// instances: 8<u8, u32> f64<f64, f32>\nfunction f<T, A>(\n  x: T,\n  y: A,\n): void {\n}'
    expect(added(source).split('\n')).toEqual([
      'export function f_8(x: u8, y: u32): void { return f<u8, u32>(x, y) }',
      'export function f_f64(x: f64, y: f32): void { return f<f64, f32>(x, y) }',
    ])
  })

  it('are none of a source without marks, which stays as it is', () => {
    const source = 'function f<T>(x: T): T { return x }\n'
    expect(writeMarked('file.ts', source)).toBe(source)
  })
})

const ops = `
// op of apply
class Neg {
}
// op of apply: f32
class Sqrt {
}
// op of apply: f32, slow
class Expm1 {
}
// instances: f32 i32
function apply<Op, T>(x: usize): void {
}
`

describe('a function by ops', () => {
  it('calls the class of the code, of those that the instance has', () => {
    expect(added(ops)).toBe(
      [
        'export function apply_f32(op: i32, x: usize): void {',
        '  switch (op) {',
        '    case 0: return apply<Neg, f32>(x)',
        '    case 1: return apply<Sqrt, f32>(x)',
        '    default: return apply<Expm1, f32>(x)',
        '  }',
        '}',
        'export function apply_i32(op: i32, x: usize): void {',
        '  switch (op) {',
        '    default: return apply<Neg, i32>(x)',
        '  }',
        '}',
      ].join('\n'),
    )
  })

  it('gives TypeScript the codes of its ops, which of them are slow, and the members of marked enums', () => {
    const text = writeCodes({
      'ops.ts': ops,
      'kinds.ts': '// codes\nenum Kind {\n  /** One. */\n  one,\n  two = 7,\n  three,\n}\n',
    })
    expect(text).toContain('  apply: { neg: 0, sqrt: 1, expm1: 2 },')
    expect(text).toContain('  kind: { one: 0, two: 7, three: 8 },')
    expect(text).toContain('  apply: new Set<number>([2]),')
  })

  it('refuses two homes of the same codes', () => {
    const source = '// codes\nenum Kind {\n  one,\n}\n'
    expect(() => writeCodes({ 'a.ts': source, 'b.ts': source })).toThrow(
      'b.ts: expected one function or enum with the codes kind, got another',
    )
  })
})

describe('a mark that cannot be read', () => {
  const instances =
    'expected `// instances: f32 f64<f64, f32> …` directly above a function with type parameters and result'
  const op = 'expected `// op of name: f32 f64, slow` directly above a class'
  const enumeration = 'expected `// codes` directly above an enum of names, with whole numbers or none'
  const header = '\nfunction f<T>(x: T): T {\n'
  it.each([
    [`// instances f32${header}`, instances],
    [`// instances: f32, f64${header}`, instances],
    [`// instances: f32<f32${header}`, instances],
    [`// instances: f32\n\nfunction f<T>(x: T): T {\n`, instances],
    ['// instances: f32\nfunction f(x: f32): f32 {\n', instances],
    ['// instances: f32\nfunction f<T>(x: T) {\n', instances],
    [`// instances: f32<f32, f64>${header}`, 'expected 1 types of f<T> for f32'],
    [`  // instances: f32${header}`, instances],
    ['// op of f\nfunction g(): void {\n', op],
    ['// op of f: fast, slow, slower\nclass A {\n', op],
    ['// op of f\nclass A {\n', 'expected a function f<Op, …> with instances in this file'],
    [
      '// op of f: f64\nclass A {\n}\n// instances: f32\nfunction f<Op, T>(x: T): T {\n',
      'expected instances of f (f32)',
    ],
    [
      '// op of f: f32\nclass A {\n}\n// instances: f32 f64\nfunction f<Op, T>(x: T): T {\n',
      'expected an op of f for f64',
    ],
    ['// codes: a\nenum A {\n  a,\n}\n', enumeration],
    ['// codes\nenum A {\n  a = b,\n}\n', enumeration],
    ['// codes\nclass A {\n}\n', enumeration],
  ])('is an error with its place: %j', (source, message) => {
    expect(() => writeMarked('folder/file.ts', `\n${source}`)).toThrow(message)
    expect(() => writeMarked('folder/file.ts', `\n${source}`)).toThrow(
      /^folder\/file\.ts:\d+: expected .*, got `.+` above `/,
    )
  })
})

it('ops that no instruction computes are the slow ones, and no others', () => {
  const names = Object.entries(codes.map).flatMap(([name, code]) => (slow.map.has(code) ? [name] : []))
  expect(names).toEqual(expect.arrayContaining(['exp', 'log', 'tanh']))
  for (const name of ['neg', 'square', 'sqrt', 'round']) expect(names).not.toContain(name)
})
