import { exponential } from '../../elementary/exponential.ts'

/** Rounds halves to the even neighbour, and what is below 0 to −0 at most, as IEEE 754 and numpy do. */
export function roundHalfEven(x: number): number {
  const down = Math.floor(x)
  const rest = x - down
  if (rest < 0.5) return down
  if (rest > 0.5) return Math.ceil(x)
  return rest === 0.5 ? (down % 2 === 0 ? down : Math.ceil(x)) : x
}

/** IEEE 754's power: that of JavaScript, which has NaN for these, but with 1 for 1 to the power of anything and for (−1)^±∞. */
export const power = (a: number, b: number): number =>
  a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b

/** e⁻ˣ is ∞ from −710 on, where sigmoid is 1e-308 and not 0; there, and long before, it is eˣ. */
export const sigmoid = (x: number): number => (x < -700 ? exponential(x) : 1 / (1 + exponential(-x)))
