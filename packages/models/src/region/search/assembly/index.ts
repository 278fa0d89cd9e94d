// The region of fewest units in another state, among many. `plain-kernel.ts` is the same in TypeScript, and says it in plain loops.
//
// A code's sketch is 16 sums of bits, at most one of a unit, so that the differences of two sketches, added up, are at most the number of units that
// differ. Sketches lie eight to a block of 128 bytes, two sums of each in 16 bytes. Sixteen regions are a leaf, 16 leaves a part; the smallest and the
// largest sums of leaves and parts are boxes, eight to two blocks.

/** What stands at address 0, four bytes each. */
// codes
enum Field {
  /** Packed states of each region, WIDTH words: first SINGLE of units of one bit, then those of PLANE_GROUPS groups. */
  WORDS = 0,
  WIDTH = 1,
  SINGLE = 2,
  /** Of each group of units of several bits: its first word, the words of a plane, planes. */
  PLANES = 3,
  PLANE_GROUPS = 4,
  /** Sketches of the regions in the order of ORDER, and the region at each of its positions. */
  SKETCHES = 5,
  ORDER = 6,
  /** Boxes of leaves and of parts, the number of parts, and room for the bound of each, two bytes. */
  LEAVES = 7,
  PARTS = 8,
  PART_COUNT = 9,
  BOUNDS = 10,
  /** The code asked for, and its sketch. */
  CODE = 11,
  SKETCH = 12,
  /** The answer. */
  DIFFERING = 13,
  REGION = 14,
  COUNT = 15,
}

const BLOCK: usize = 128
const BOXES: usize = 2 * BLOCK
/** The largest bound: four sums of at most 255. Where no region is as near, every one is counted. */
const MOST: i32 = 1020

let best: i32 = 0
let nearestRegion: i32 = 0

@inline function field(name: Field): usize {
  return load<u32>(<usize>name << 2)
}

/** Two sums of eight regions: how far they are outside of what lies between `low` and `high`. */
@inline function outside(sums: v128, low: v128, high: v128): v128 {
  return v128.or(i8x16.sub_sat_u(low, sums), i8x16.sub_sat_u(sums, high))
}

/** Bounds of eight boxes, or of eight sketches where `low` is `high`. Bytes stop at 255, which keeps a bound one. */
@inline function boundsOf(
  low: usize, high: usize,
  s0: v128, s1: v128, s2: v128, s3: v128, s4: v128, s5: v128, s6: v128, s7: v128,
): v128 {
  let a = outside(s0, v128.load(low), v128.load(high))
  a = i8x16.add_sat_u(a, outside(s1, v128.load(low, 16), v128.load(high, 16)))
  a = i8x16.add_sat_u(a, outside(s2, v128.load(low, 32), v128.load(high, 32)))
  a = i8x16.add_sat_u(a, outside(s3, v128.load(low, 48), v128.load(high, 48)))
  let b = outside(s4, v128.load(low, 64), v128.load(high, 64))
  b = i8x16.add_sat_u(b, outside(s5, v128.load(low, 80), v128.load(high, 80)))
  b = i8x16.add_sat_u(b, outside(s6, v128.load(low, 96), v128.load(high, 96)))
  b = i8x16.add_sat_u(b, outside(s7, v128.load(low, 112), v128.load(high, 112)))
  return i16x8.add(i16x8.extadd_pairwise_i8x16_u(a), i16x8.extadd_pairwise_i8x16_u(b))
}

@inline function limit(): v128 {
  return i16x8.splat(<i16>min(best, MOST))
}

@inline function differingBits(a: usize, b: usize): i32 {
  return <i32>popcnt<i64>(load<i64>(a) ^ load<i64>(b))
}

/** Units in another state; where they are more than `best`, any such number. */
function countDiffering(region: i32): i32 {
  const code = field(Field.CODE)
  const words = field(Field.WORDS) + <usize>region * (field(Field.WIDTH) << 2)
  const single = field(Field.SINGLE) << 2
  let count: i32 = 0
  let at: usize = 0
  for (; at + 32 <= single; at += 32) {
    const a = code + at, b = words + at
    count += differingBits(a, b) + differingBits(a + 8, b + 8) + differingBits(a + 16, b + 16) + differingBits(a + 24, b + 24)
    if (count > best) return count
  }
  for (; at + 8 <= single; at += 8) count += differingBits(code + at, words + at)
  if (at < single) count += popcnt<i32>(load<i32>(code + at) ^ load<i32>(words + at))
  let group = field(Field.PLANES)
  for (let g = field(Field.PLANE_GROUPS); g > 0; g--, group += 12) {
    const first = <usize>load<u32>(group) << 2
    const plane = <usize>load<u32>(group, 4) << 2
    const all = plane * load<u32>(group, 8)
    for (let w: usize = first; w < first + plane; w += 4) {
      let differing: i32 = 0
      for (let p: usize = 0; p < all; p += plane) differing |= load<i32>(code + w + p) ^ load<i32>(words + w + p)
      count += popcnt<i32>(differing)
    }
  }
  return count
}

/** Counts the regions of a part whose sketches are near enough. The first on ties. */
function visit(part: i32): void {
  const sketch = field(Field.SKETCH)
  const s0 = v128.load16_splat(sketch), s1 = v128.load16_splat(sketch, 2)
  const s2 = v128.load16_splat(sketch, 4), s3 = v128.load16_splat(sketch, 6)
  const s4 = v128.load16_splat(sketch, 8), s5 = v128.load16_splat(sketch, 10)
  const s6 = v128.load16_splat(sketch, 12), s7 = v128.load16_splat(sketch, 14)
  let most = limit()
  let boxes = field(Field.LEAVES) + <usize>part * 2 * BOXES
  let order = field(Field.ORDER) + (<usize>part << 10)
  let sketches = field(Field.SKETCHES) + (<usize>part << 12)
  for (let half = 0; half < 2; half++, boxes += BOXES, order += 512, sketches += 16 * BLOCK) {
    let due = i16x8.bitmask(i16x8.le_s(boundsOf(boxes, boxes + BLOCK, s0, s1, s2, s3, s4, s5, s6, s7), most))
    for (; due != 0; due &= due - 1) {
      const leaf = <usize>ctz(due)
      const first = sketches + leaf * 2 * BLOCK
      const second = first + BLOCK
      let near =
        i16x8.bitmask(i16x8.le_s(boundsOf(first, first, s0, s1, s2, s3, s4, s5, s6, s7), most)) |
        (i16x8.bitmask(i16x8.le_s(boundsOf(second, second, s0, s1, s2, s3, s4, s5, s6, s7), most)) << 8)
      if (near == 0) continue
      for (; near != 0; near &= near - 1) {
        const region = load<i32>(order + (leaf << 6) + (<usize>ctz(near) << 2))
        const differing = countDiffering(region)
        if (differing < best || (differing == best && region < nearestRegion)) {
          best = differing
          nearestRegion = region
        }
      }
      most = limit()
    }
  }
}

export function nearest(): void {
  const sketch = field(Field.SKETCH)
  const s0 = v128.load16_splat(sketch), s1 = v128.load16_splat(sketch, 2)
  const s2 = v128.load16_splat(sketch, 4), s3 = v128.load16_splat(sketch, 6)
  const s4 = v128.load16_splat(sketch, 8), s5 = v128.load16_splat(sketch, 10)
  const s6 = v128.load16_splat(sketch, 12), s7 = v128.load16_splat(sketch, 14)
  const parts = <i32>field(Field.PART_COUNT)
  const bounds = field(Field.BOUNDS)
  const end = bounds + <usize>((parts + 7) & ~7) * 2
  let boxes = field(Field.PARTS)
  let smallest = i16x8.splat(<i16>MOST)
  for (let at = bounds; at < end; at += 16, boxes += BOXES) {
    const eight = boundsOf(boxes, boxes + BLOCK, s0, s1, s2, s3, s4, s5, s6, s7)
    v128.store(at, eight)
    smallest = i16x8.min_s(smallest, eight)
  }
  smallest = i16x8.min_s(smallest, i8x16.shuffle(smallest, smallest, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7))
  smallest = i16x8.min_s(smallest, i8x16.shuffle(smallest, smallest, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3))
  let to = min(<i32>i16x8.extract_lane_s(smallest, 0), <i32>i16x8.extract_lane_s(smallest, 1))
  best = i32.MAX_VALUE
  nearestRegion = i32.MAX_VALUE
  // Parts by their bounds, in rounds: each goes on a quarter of the way to where no part can be nearer.
  for (let from: i32 = -1; ; ) {
    const above = i16x8.splat(<i16>from)
    const upTo = i16x8.splat(<i16>to)
    for (let at = bounds; at < end; at += 16) {
      const eight = v128.load(at)
      let due = i16x8.bitmask(v128.and(i16x8.gt_s(eight, above), i16x8.le_s(eight, upTo)))
      for (; due != 0; due &= due - 1) {
        const place = at + (<usize>ctz(due) << 1)
        const part = <i32>((place - bounds) >> 1)
        if (<i32>load<u16>(place) <= best && part < parts) visit(part)
      }
    }
    if (to >= min(best, MOST)) break
    from = to
    to += max(1, (min(best, MOST) - to) >> 2)
  }
  store<i32>(<usize>Field.DIFFERING << 2, best)
  store<i32>(<usize>Field.REGION << 2, nearestRegion)
}
