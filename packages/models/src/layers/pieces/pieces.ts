import type { Tensor } from '@facet/tensor'

/**
 * Units that choose among pieces. The state of a unit is the place of the largest of its candidates, the first on ties; every
 * candidate is linear in the inputs. A ReLU unit has the candidates 0 and p, a pooling unit the numbers in its window.
 */
export interface Pieces {
  /** Numbers that come in. */
  readonly inputs: number
  /** Units, which are the numbers that go out. */
  readonly units: number
  /** Of each unit, at least 2. */
  readonly states: number
  /**
   * @param p [N, inputs]
   * @returns output [N, units] and the packed states, uint32 [N, words].
   */
  forward(p: Tensor): { output: Tensor; words: Tensor }
  /** The chosen pieces applied to changes of the inputs: v [N, k, inputs] to [N, k, units]. */
  push(words: Tensor, v: Tensor): Tensor
  /** The adjoint of {@link push}: [N, k, units] to [N, k, inputs]. */
  pull(words: Tensor, g: Tensor): Tensor
  /** The candidates of every unit: [M, inputs] to [M, units, states]. */
  candidates(p: Tensor): Tensor
  /** Whether the candidates are 0 and the unit's own input: the sign of that decides. */
  readonly isSign: boolean
  /** What the units choose among, in plain numbers: for what computes without tensors. */
  choice(): Choice
}

/** What units choose among, in plain numbers. */
export type Choice = SignChoice | LargestChoice

/** Unit i is its input p where p > 0 (state 1), else `slope · p` (state 0). */
export interface SignChoice {
  readonly kind: 'sign'
  readonly slope: number
}

/** Every unit is the largest of some inputs, the first on ties. */
export interface LargestChoice {
  readonly kind: 'largest'
  /** The inputs that the states of each unit stand for, [units × states]; −1 where a state stands for none. */
  readonly places: Int32Array
}
