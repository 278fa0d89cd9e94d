import { inputNames, type KernelBody, texelComponents } from './program.ts'

/** A product `[batch, m, k] · [batch, k, n]`, either side stored transposed. */
export interface Product {
  readonly m: number
  readonly n: number
  readonly k: number
  /** Rows that one thread of a blocked product computes: as many outputs as it has. */
  readonly rows: number
  readonly transposeA: boolean
  readonly transposeB: boolean
  /** GLSL of the matrix of either side that batch `b` takes. */
  readonly matrixOfA: string
  readonly matrixOfB: string
}

/** What becomes of each element of a product: GLSL of `p` and its column, and, where asked for, of a second output. */
export interface Epilogue {
  readonly key: string
  /** Declares `float epilogue(float p, int column)`, and `float state(float p, int column)` if it has states; may read one input more. */
  readonly source: (extra: string) => string
  readonly hasStates: boolean
}

export const noEpilogue: Epilogue = {
  key: '',
  source: () => 'float epilogue(float p, int column) { return p; }\n',
  hasStates: false,
}

const four = [0, 1, 2, 3]

/**
 * Steps that are added up one after the other at most. A sum of more is one of about as many blocks as a block has steps, so that its
 * error grows with the root of their number: 10⁶ ones are 10⁶, and not 2²⁴ whatever is more.
 */
const BLOCK = 256

/** How many of `steps` a block has; all of them where they are few. */
export const blockOf = (steps: number, most = BLOCK): number =>
  steps <= most ? Math.max(1, steps) : Math.max(most, Math.ceil(Math.sqrt(steps)))

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
}: Product): KernelBody {
  const [blocks, columns] = [Math.ceil(m / rows), Math.ceil(n / 4)]
  const [texelsA, texelsB] = [Math.ceil((transposeA ? m : k) / 4), Math.ceil((transposeB ? k : n) / 4)]
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
  const block = blockOf(whole, BLOCK / 4)
  const isLong = block < whole
  const tail = k % 4 === 0 ? '' : `  { int s = ${whole};\n${loads(k % 4)}  }\n`
  const starts = rowList.map((r) => `  vec4 t${r} = vec4(0.0);\n`).join('')
  // Of few steps the sums are t0 …; of more those are of one block at a time, which s0 … add up.
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

/** Finishes the products `p` of elements i … i + 3. */
const finished = (n: number, hasStates: boolean): string => {
  const each = (f: string): string =>
    texelComponents.map((component, c) => `${f}(p.${component}, (i + ${c}) % ${n})`).join(', ')
  const states = hasStates ? `  more1 = vec4(${each('state')});\n` : ''
  return `${states}  return vec4(${each('epilogue')});\n`
}

/** Puts the rows of a blocked product in order, four columns at a time where rows are whole texels. */
export function mergeBody(m: number, n: number, rows: number, epilogue: Epilogue): KernelBody {
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
${finished(n, epilogue.hasStates)}}`,
  }
}

/** One sum after the other: for small products, where a pass more costs more than it saves. */
export function plainBody(product: Product, epilogue: Epilogue): KernelBody {
  const { m, n, k, transposeA, transposeB, matrixOfA, matrixOfB } = product
  const a = transposeA ? `atA + s * ${m} + row` : `atA + row * ${k} + s`
  const b = transposeB ? `atB + column * ${k} + s` : `atB + s * ${n} + column`
  const block = blockOf(k)
  return {
    kind: 'texel',
    source: `${epilogue.source(inputNames[2])}float product(int i) {
  int column = i % ${n};
  int row = i / ${n} % ${m};
  int b = i / ${n * m};
  int atA = (${matrixOfA}) * ${m * k};
  int atB = (${matrixOfB}) * ${k * n};
  float total = 0.0;
  for (int first = 0; first < ${k}; first += ${block}) {
    int last = min(${k}, first + ${block});
    float part = 0.0;
    for (int s = first; s < last; s++) part += at_a(${a}) * at_b(${b});
    total += part;
  }
  return total;
}
vec4 texel(int i) {
  vec4 p = vec4(product(i), product(i + 1), product(i + 2), product(i + 3));
${finished(n, epilogue.hasStates)}}`,
  }
}
