/** GLSL types of numbers that are folded. */
export type GlslNumber = 'float' | 'int' | 'uint'

/** GLSL of how two numbers become one, and of the number that changes no other. */
export interface Fold {
  readonly join: (total: string, x: string) => string
  readonly start: Readonly<Record<GlslNumber, string>>
}

/** The folds of the reductions, by the name of their op. */
export const folds: Readonly<Record<'sum' | 'prod' | 'max' | 'min', Fold>> = {
  sum: { join: (total, x) => `${total} + ${x}`, start: { float: '0.0', int: '0', uint: '0u' } },
  prod: { join: (total, x) => `${total} * ${x}`, start: { float: '1.0', int: '1', uint: '1u' } },
  max: {
    join: (total, x) => `larger(${total}, ${x})`,
    start: { float: 'number(0xff800000u)', int: '(-2147483647 - 1)', uint: '0u' },
  },
  min: {
    join: (total, x) => `smaller(${total}, ${x})`,
    start: { float: 'number(0x7f800000u)', int: '2147483647', uint: '4294967295u' },
  },
}

/**
 * Terms that are added up one after the other at most. A longer sum is one of blocks, about as many as a block has terms, so that its
 * error grows with the root of the number of terms: 10⁶ ones are 10⁶, where a plain sum of ones stops at 2²⁴.
 */
export const LONGEST_BLOCK = 256

/** How many of `terms` a block has; all of them where they are few. */
export const blockOf = (terms: number, longest = LONGEST_BLOCK): number =>
  terms <= longest ? Math.max(1, terms) : Math.max(longest, Math.ceil(Math.sqrt(terms)))

/** A fold of terms in blocks, as {@link foldInBlocks} writes it. */
export interface BlockedFold {
  readonly fold: Fold
  readonly type: GlslNumber
  /** GLSL of the number of terms. */
  readonly count: string | number
  /** The most that `count` can be. */
  readonly most: number
  /** GLSL of term `k`. */
  readonly term: string
  /** GLSL of whether term `k` counts; all do if left out. */
  readonly isTaken?: string
}

/** GLSL statements that leave the fold of terms 0 … count − 1 in `total`. */
export function foldInBlocks({ fold, type, count, most, term, isTaken }: BlockedFold): string {
  const [start, block] = [fold.start[type], blockOf(most)]
  const taken = isTaken === undefined ? '' : `if (${isTaken}) `
  return `  ${type} total = ${start};
  for (int first = 0; first < ${count}; first += ${block}) {
    int last = min(${count}, first + ${block});
    ${type} part = ${start};
    for (int k = first; k < last; k++) ${taken}part = ${fold.join('part', term)};
    total = ${fold.join('total', 'part')};
  }`
}
