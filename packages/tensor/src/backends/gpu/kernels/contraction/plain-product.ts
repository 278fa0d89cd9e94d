import { foldInBlocks, folds } from '../../glsl/folds.ts'
import { inputNames, type KernelBody } from '../../glsl/program.ts'
import { type Epilogue, epilogueOfFour } from './epilogue.ts'
import type { Product } from './product.ts'

/** Each element its own sum, four a thread: for small products, where the second pass of a blocked one costs more than it saves. */
export function plainBody(product: Product, epilogue: Epilogue): KernelBody {
  const { m, n, k, transposeA, transposeB, matrixOfA, matrixOfB, widthOfA, widthOfB } = product
  const a = transposeA ? `atA + k * ${widthOfA} + row` : `atA + row * ${widthOfA} + k`
  const b = transposeB ? `atB + column * ${widthOfB} + k` : `atB + k * ${widthOfB} + column`
  return {
    kind: 'texel',
    source: `${epilogue.source(inputNames[2])}float product(int i) {
  int column = i % ${n};
  int row = i / ${n} % ${m};
  int b = i / ${n * m};
  int atA = (${matrixOfA}) * ${(transposeA ? k : m) * widthOfA};
  int atB = (${matrixOfB}) * ${(transposeB ? n : k) * widthOfB};
${foldInBlocks({ fold: folds.sum, type: 'float', count: k, most: k, term: `at_a(${a}) * at_b(${b})` })}
  return total;
}
vec4 texel(int i) {
  vec4 p = vec4(product(i), product(i + 1), product(i + 2), product(i + 3));
${epilogueOfFour(n, epilogue.hasStates)}}`,
  }
}
