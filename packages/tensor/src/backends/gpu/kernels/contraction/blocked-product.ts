import { blockOf, LONGEST_BLOCK } from '../../glsl/folds.ts'
import { type KernelBody, texelComponents } from '../../glsl/program.ts'
import type { Product } from './product.ts'

const four = [0, 1, 2, 3]

/**
 * Blocks of up to eight rows and four columns a thread, rows of both sides aligned to texels: 128 products for 12 texels read
 * (TensorFlow.js reads 32 for as many), whichever side is transposed. Each row is an output of its own, `more1` … behind the first.
 */
export function blockedBody({
  m,
  n,
  k,
  rows,
  transposeA,
  transposeB,
  matrixOfA,
  matrixOfB,
  widthOfA,
  widthOfB,
}: Product): KernelBody {
  const [blocks, columns] = [Math.ceil(m / rows), Math.ceil(n / 4)]
  const [texelsA, texelsB] = [Math.ceil(widthOfA / 4), Math.ceil(widthOfB / 4)]
  const sizeA = (transposeA ? k : m) * texelsA
  const sizeB = (transposeB ? n : k) * texelsB
  const rowList = Array.from({ length: rows }, (_, r) => r)
  const groups = Array.from({ length: Math.ceil(rows / 4) }, (_, g) => g)
  // A texel of A holds four steps of a row, or, transposed, four rows of a step.
  const entryOfA = (r: number, j: number): string =>
    transposeA ? `p${j}${r >> 2}.${texelComponents[r & 3]}` : `p${r}.${texelComponents[j]}`
  const entriesOfB = (j: number): string =>
    transposeB ? `vec4(${four.map((c) => `q${c}.${texelComponents[j]}`).join(', ')})` : `q${j}`
  const loads = (steps: number): string => {
    const stepList = four.slice(0, steps)
    const a = transposeA
      ? stepList.flatMap((j) =>
          groups.map(
            (g) =>
              `vec4 p${j}${g} = four_a(4 * (atA + (4 * s + ${j}) * ${texelsA} + ${groups.length} * block + ${g}));`,
          ),
        )
      : rowList.map((r) => `vec4 p${r} = four_a(4 * (atA + (${rows} * block + ${r}) * ${texelsA} + s));`)
    const b = transposeB
      ? four.map((c) => `vec4 q${c} = four_b(4 * (atB + (4 * column + ${c}) * ${texelsB} + s));`)
      : stepList.map((j) => `vec4 q${j} = four_b(4 * (atB + (4 * s + ${j}) * ${texelsB} + column));`)
    const sums = stepList.flatMap((j) => [
      `right = ${entriesOfB(j)};`,
      ...rowList.map((r) => `t${r} += ${entryOfA(r, j)} * right;`),
    ])
    return [...a, ...b, ...sums].map((line) => `    ${line}\n`).join('')
  }
  const whole = Math.floor(k / 4)
  const block = blockOf(whole, LONGEST_BLOCK / 4)
  const isLong = block < whole
  const tail = k % 4 === 0 ? '' : `  { int s = ${whole};\n${loads(k % 4)}  }\n`
  const starts = rowList.map((r) => `  vec4 t${r} = vec4(0.0);\n`).join('')
  // Few steps are added up in t0 …; many in blocks: t0 … are the sums of one block, total0 … of all.
  const each = (line: (r: number) => string): string => rowList.map((r) => `    ${line(r)}\n`).join('')
  const loop = isLong
    ? `${rowList.map((r) => `  vec4 total${r} = vec4(0.0);\n`).join('')}  for (int first = 0; first < ${whole}; first += ${block}) {
    int last = min(${whole}, first + ${block});
    for (int s = first; s < last; s++) {
${loads(4)}    }
${each((r) => `total${r} += t${r};`)}${each((r) => `t${r} = vec4(0.0);`)}  }
${each((r) => `t${r} = total${r};`)}`
    : `  for (int s = 0; s < ${whole}; s++) {
${loads(4)}  }
`
  const more = rowList
    .slice(1)
    .map((r) => `  more${r} = t${r};\n`)
    .join('')
  return {
    kind: 'texel',
    source: `vec4 texel(int i) {
  int t = i >> 2;
  int column = t % ${columns};
  int block = t / ${columns} % ${blocks};
  int b = t / ${columns * blocks};
  int atA = (${matrixOfA}) * ${sizeA};
  int atB = (${matrixOfB}) * ${sizeB};
  vec4 right;
${starts}${loop}${tail}${more}  return t0;
}`,
  }
}
