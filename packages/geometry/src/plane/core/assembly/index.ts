import { cutSigns } from './cut'
import { cutLargest } from './largest'
import { ensure, findSizes, rowOf } from './rows'
import { decide } from './signs'
import { FIRST, lastLevel, Kind, Level, edge, field, i4, setField, EdgeAt } from './state'

export { gramSums } from './gram'
export {
  capF, capH, capV, CODE, codeWords, COEF, EDGES, F, FIRST, H, lastLevel, LEVELS, maxF, rough, ROWLIST, SCRATCH,
  SCRATCH2, STACK, V, VERTICES,
} from './state'

/** Cuts the faces in the list of a level by its units. False where there are too many. */
export function cut(k: i32): bool {
  setField(k, Level.ROWS, 0)
  const count = field(k, Level.LIST_COUNT)
  const list = <usize>field(k, Level.LIST)
  const haveSigns = <usize>field(k, Level.HAVE)
  for (let i = 0; i < count; i++) {
    const h0 = i4(FIRST, i4(list, i))
    let h = h0
    do {
      const v = load<i32>(edge(h), EdgeAt.ORIGIN)
      if (load<u8>(haveSigns + v) == 0 || rowOf(k, v) < 0) {
        ensure(k, v)
        decide(k, v)
      }
      h = load<i32>(edge(h), EdgeAt.NEXT)
    } while (h != h0)
  }
  if (k < lastLevel) findSizes(k)
  return field(k, Level.KIND) == Kind.sign ? cutSigns(k) : cutLargest(k)
}
