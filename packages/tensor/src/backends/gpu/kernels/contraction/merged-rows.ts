import { inputNames, type KernelBody } from '../../glsl/program.ts'
import { type Epilogue, epilogueOfFour } from './epilogue.ts'

/** Puts the rows of a blocked product in order, four columns at a time where rows are whole texels. */
export function mergedRowsBody(m: number, n: number, rows: number, epilogue: Epilogue): KernelBody {
  const [blocks, columns] = [Math.ceil(m / rows), Math.ceil(n / 4)]
  const names = [...inputNames.slice(0, rows)]
  const choose = (call: (name: string) => string): string =>
    names
      .map((name, r) => (r === rows - 1 ? `return ${call(name)};` : `if (r == ${r}) return ${call(name)};`))
      .join(' ')
  const place = `int row = i / ${n} % ${m};
  int r = row % ${rows};
  int at = 4 * ((i / ${n * m} * ${blocks} + row / ${rows}) * ${columns})`
  const load =
    n % 4 === 0
      ? `vec4 product(int i) {
  int column = i % ${n};
  ${place} + column;
  ${choose((name) => `four_${name}(at)`)}
}
`
      : `float productOf(int i) {
  int column = i % ${n};
  ${place} + column;
  ${choose((name) => `at_${name}(at)`)}
}
vec4 product(int i) { return vec4(productOf(i), productOf(i + 1), productOf(i + 2), productOf(i + 3)); }
`
  return {
    kind: 'texel',
    source: `${epilogue.source(inputNames[rows])}${load}vec4 texel(int i) {
  vec4 p = product(i);
${epilogueOfFour(n, epilogue.hasStates)}}`,
  }
}
