import type { DType } from '../../../dtype.ts'
import { packingOf, type TextureLayout } from '../texture-layout.ts'
import { functionsCalledBy } from './functions/index.ts'

/** Where an input begins: at its texture's first element, at a texel's first element, or anywhere. */
export type InputStart = 'whole' | 'aligned' | 'anywhere'

/** An input as a kernel reads it. */
export interface InputSpec {
  readonly dtype: DType
  readonly layout: TextureLayout
  readonly start: InputStart
}

/** An output as a kernel writes it. */
export interface OutputSpec {
  readonly dtype: DType
  readonly layout: TextureLayout
}

/**
 * What a kernel computes, in GLSL, of the inputs `at_a(i)`, `at_b(i)` … (element i, in the type of its dtype; of a bool 0 or 1)
 * and, where four elements lie in a texel, `four_a(i)` (elements i … i + 3, i a multiple of four).
 */
export interface KernelBody {
  /**
   * `element`: declares `float element(int i)` (`vec2` for integers), element i of the output as `stored(…)` writes it.
   * `texel`: declares `vec4 texel(int i)`, elements i … i + 3, and sets `more1`, `more2` … for further outputs.
   */
  readonly kind: 'element' | 'texel'
  readonly source: string
}

/** Components of a texel. */
export const texelComponents = ['x', 'y', 'z', 'w'] as const

/** Names of the inputs in GLSL. */
export const inputNames = 'abcdefghijklmnop'

/** GLSL types in which kernels see the elements of a dtype. */
export const glslTypes: Readonly<Record<DType, 'float' | 'int' | 'uint'>> = {
  float32: 'float',
  float64: 'float',
  int32: 'int',
  uint32: 'uint',
  bool: 'int',
}

/** The GLSL of one component of a texel in the type of its dtype. */
export const component = (dtype: DType, value: string): string =>
  dtype === 'bool' ? `int(${value} != 0.0)` : value

/**
 * Texel `index` of a texture, sampled at its middle: coordinates are exact up to 2²³ texels a side, and both software rasterisers are
 * quicker by `texture` than by `texelFetch` (a product of 256³: llvmpipe 3.6 ms instead of 5.5 ms, SwiftShader 13.9 ms instead of 15.6 ms).
 */
const texelAt = (name: string, index: string, { width, height, shift }: TextureLayout): string =>
  `texture(user_${name}, (vec2((${index}) & ${width - 1}, (${index}) >> ${shift}) + 0.5) / vec2(${width}.0, ${height}.0))`

/** The functions `at_<name>` and `four_<name>`, which read an input. */
function reader(name: string, { dtype, layout, start }: InputSpec): string {
  const type = glslTypes[dtype]
  const from = start === 'whole' ? 'i' : `i + user_${name}At`
  if (packingOf(dtype).perTexel === 1) {
    return `${type} at_${name}(int i) {
  int n = ${from};
  vec2 v = ${texelAt(name, 'n', layout)}.xy;
  return ${type}((uint(v.x) << 16) | uint(v.y));
}
`
  }
  const four =
    start === 'anywhere'
      ? // Two neighbouring texels.
        `vec4 p = ${texelAt(name, 'n >> 2', layout)};
  int c = n & 3;
  if (c == 0) return p;
  vec4 q = ${texelAt(name, '(n >> 2) + 1', layout)};
  return c == 1 ? vec4(p.yzw, q.x) : c == 2 ? vec4(p.zw, q.xy) : vec4(p.w, q.xyz);`
      : `return ${texelAt(name, 'n >> 2', layout)};`
  return `${type} at_${name}(int i) {
  int n = ${from};
  vec4 v = ${texelAt(name, 'n >> 2', layout)};
  int c = n & 3;
  float x = c == 0 ? v.x : c == 1 ? v.y : c == 2 ? v.z : v.w;
  return ${component(dtype, 'x')};
}
vec4 four_${name}(int i) {
  int n = ${from};
  ${four}
}
`
}

const writers: Readonly<Record<'float' | 'bool' | 'whole', string>> = {
  float: 'float stored(float x) { return x; }\n',
  bool: 'float stored(bool x) { return x ? 1.0 : 0.0; }\nfloat stored(int x) { return x != 0 ? 1.0 : 0.0; }\n',
  whole:
    'vec2 stored(uint x) { return vec2(float(x >> 16), float(x & 65535u)); }\nvec2 stored(int x) { return stored(uint(x)); }\n',
}

const writerOf = (dtype: DType): string =>
  dtype === 'float32' ? writers.float : dtype === 'bool' ? writers.bool : writers.whole

/** The GLSL type of one stored element: an integer takes two components. */
export const storedType = (dtype: DType): 'vec2' | 'float' =>
  packingOf(dtype).perTexel === 1 ? 'vec2' : 'float'

/** The whole GLSL of a kernel: its function `run`, and all that it calls. The few lines around it are in the language of gpu.js. */
export function glslOf(inputs: readonly InputSpec[], output: OutputSpec, body: KernelBody): string {
  const { perTexel } = packingOf(output.dtype)
  const { shift } = output.layout
  const readers = inputs.map((input, k) => reader(inputNames[k], input)).join('')
  const index = `((int(gl_FragCoord.y) << ${shift}) + int(gl_FragCoord.x))`
  const main =
    perTexel === 1
      ? `vec2 run() { return element(${index}); }`
      : body.kind === 'texel'
        ? `vec4 run() { return texel(4 * ${index}); }`
        : `vec4 run() { int i = 4 * ${index}; return vec4(element(i), element(i + 1), element(i + 2), element(i + 3)); }`
  const text = `${writerOf(output.dtype)}${readers}${body.source}\n${main}\n`
  return functionsCalledBy(text) + text
}
