import type { Backend } from '../../backend.ts'
import { CENTRE, FAR_TAIL, type Rational, TAIL } from '../../random/inverse-normal.ts'
import { ATANH } from '../../random/logarithm.ts'
import { purpose } from '../../random/purpose.ts'
import type { Block, Heap } from './heap.ts'
import type { Module } from './module.ts'

/** Highest coefficients first, above and below by turns. */
const byTurns = ({ over, under }: Rational): number[] =>
  over.flatMap((coefficient, k) => [under[k], coefficient]).reverse()

const coefficients = [...[CENTRE, TAIL, FAR_TAIL].flatMap(byTurns), ...ATANH.toReversed()]

/** Where the kernels find the coefficients of the normals, and room for what they have in hand. */
export function makeWorkspace(heap: Heap, module: Module): number {
  const { pointer } = heap.allocate('bool', module.drawWorkspace())
  new Float64Array(heap.memory.buffer, pointer, coefficients.length).set(coefficients)
  return pointer
}

/** Draws by Threefry of eight counters at a time and normals of eight: see assembly/random.ts. */
export function makeDraw(heap: Heap, module: Module): NonNullable<Backend<Block>['draw']> {
  const workspace = makeWorkspace(heap, module)
  return ({ pointer, size, dtype }, law, [key0, key1, key2, key3]) => {
    const isSingle = dtype === 'float32' ? 1 : 0
    const [low, high] = law.kind === 'uniform' ? [law.low, law.high] : [0, law.deviation]
    const kind = purpose[law.kind]
    module.draw(isSingle, kind, size, key0, key1, key2, key3, low, high, pointer, workspace)
  }
}
