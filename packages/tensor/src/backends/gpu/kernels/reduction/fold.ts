import type { DType } from '../../../../dtype.ts'
import type { Fold } from '../../glsl/folds.ts'
import { glslTypes, type KernelBody, storedType, texelComponents } from '../../glsl/program.ts'

/** Folds `[outer, length, inner]` to `[outer, pieces, inner]`: `piece` elements along the axis become one, the last piece may be shorter. */
export function foldBody(fold: Fold, dtype: DType, length: number, inner: number, piece: number): KernelBody {
  const type = glslTypes[dtype]
  const pieces = Math.max(1, Math.ceil(length / piece))
  const start = fold.start[type]
  const where = `  int place = i / ${inner};
  int from = place % ${pieces} * ${piece};
  int base = place / ${pieces} * ${length * inner} + i % ${inner};
  int to = min(${length}, from + ${piece});`
  const isFour = dtype === 'float32'
  const four = `vec4(${texelComponents.map((c) => fold.join(`t.${c}`, `v.${c}`)).join(', ')})`
  if (isFour && inner === 1 && length >= 16) {
    // Four totals side by side, each over every fourth element.
    const whole = length % 4 === 0
    const load = whole
      ? 'four_a(base + k)'
      : 'vec4(at_a(base + k), at_a(base + k + 1), at_a(base + k + 2), at_a(base + k + 3))'
    return {
      kind: 'element',
      source: `float element(int i) {
${where}
  vec4 t = vec4(${start});
  int k = from;
  for (; k + 4 <= to; k += 4) { vec4 v = ${load}; t = ${four}; }
  float rest = ${start};
  for (; k < to; k++) rest = ${fold.join('rest', 'at_a(base + k)')};
  float left = ${fold.join('t.x', 't.y')};
  float right = ${fold.join('t.z', 't.w')};
  left = ${fold.join('left', 'right')};
  return stored(${fold.join('left', 'rest')});
}`,
    }
  }
  if (isFour && inner % 4 === 0) {
    return {
      kind: 'texel',
      source: `vec4 texel(int i) {
${where}
  vec4 t = vec4(${start});
  for (int k = from; k < to; k++) { vec4 v = four_a(base + k * ${inner}); t = ${four}; }
  return t;
}`,
    }
  }
  return {
    kind: 'element',
    source: `${storedType(dtype)} element(int i) {
${where}
  ${type} total = ${start};
  for (int k = from; k < to; k++) total = ${fold.join('total', `at_a(base + k * ${inner})`)};
  return stored(total);
}`,
  }
}
