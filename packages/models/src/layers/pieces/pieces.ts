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
}
