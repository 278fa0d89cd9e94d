import { cutSigns } from './cut'
import { cutLargest } from './largest'
import { ensure } from './rows'
import { decide } from './signs'
import { field, FIRST, i4, Kind, L, NEXT, ORIGIN, setField } from './state'

export {
  AT, BY, capF, capH, capV, CODE, codeWords, COEF, EA, EB, ETA, F, FACE, FIRST, GENERATION, H, IN, KAPPA, LEVELS, maxF, NEXT, ON, ORIGIN, RHO, ROWLIST, S,
  SCRATCH, SCRATCH2, STACK, T, TAU, TWIN, V, WALL,
} from './state'

/** Cuts the faces in the list of a level by its units. False where there are too many. */
export function cut(k: i32): bool {
  setField(k, L.ROWS, 0)
  const count = field(k, L.LIST_COUNT)
  for (let i = 0; i < count; i++) {
    const h0 = i4(FIRST, i4(<usize>field(k, L.LIST), i))
    let h = h0
    do {
      const v = i4(ORIGIN, h)
      ensure(k, v)
      decide(k, v)
      h = i4(NEXT, h)
    } while (h != h0)
  }
  return field(k, L.KIND) == Kind.SIGN ? cutSigns(k) : cutLargest(k)
}
