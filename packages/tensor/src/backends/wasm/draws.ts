import type { Backend } from '../../backend.ts'
import { ATANH } from '../../elementary/logarithm.ts'
import { CENTRE, FAR_TAIL, type Rational, TAIL } from '../../random/inverse-normal.ts'
import { purpose } from '../../random/purpose.ts'
import type { Block } from './block.ts'
import type { Heap } from './heap.ts'
import { codes } from './kernels.generated.ts'
import type { Module } from './module.ts'

/** Highest coefficients first, numerator and denominator by turns. */
const byTurns = ({ over, under }: Rational): number[] =>
  over.flatMap((coefficient, k) => [under[k], coefficient]).reverse()

const rationals = { centre: CENTRE, tail: TAIL, farTail: FAR_TAIL } as const

/** Where the kernels find the coefficients of the normals, and room for what they have in hand. */
export function makeWorkspace(heap: Heap, module: Module): number {
  const { pointer } = heap.allocate('bool', module.drawWorkspace())
  const places = codes.coefficients
  const coefficients = new Float64Array(heap.memory.buffer, pointer, places.end / 8)
  for (const [name, rational] of Object.entries(rationals))
    coefficients.set(byTurns(rational), places[name as keyof typeof rationals] / 8)
  coefficients.set(ATANH.toReversed(), places.series / 8)
  return pointer
}

/** Draws by Threefry of eight counters at a time and normals of eight: see assembly/random/draw.ts. */
export function makeDraw(heap: Heap, module: Module): NonNullable<Backend<Block>['draw']> {
  const workspace = makeWorkspace(heap, module)
  return ({ pointer, size, dtype }, law, [key0, key1, key2, key3]) => {
    const single = dtype === 'float32' ? 1 : 0
    const [low, high] = law.kind === 'uniform' ? [law.low, law.high] : [0, law.deviation]
    const [kind, use] = [codes.law[law.kind], purpose[law.kind]]
    module.draw(single, kind, use, size, key0, key1, key2, key3, low, high, pointer, workspace)
  }
}
