/** GLSL: the symmetric part of the first input. */
export const symmetricSource = (n: number): string => `float element(int i) {
  int other = i - i % ${n * n} + i % ${n} * ${n} + i / ${n} % ${n};
  return 0.5 * at_a(i) + 0.5 * at_a(other);
}`
