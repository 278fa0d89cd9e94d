import type { Field } from './sweep.ts'

/** The two largest primes below 2²²: products of residues, and sums of 512 of them, are exact in float64. */
export const PRIMES: readonly number[] = [4194301, 4194287]

/** Floats as whole numbers modulo an odd prime: m · 2^e is one, 2 has an inverse. */
export function residues(modulus: number): Field {
  const reduced = (x: number) => ((x % modulus) + modulus) % modulus
  const power = (base: number, exponent: number): number => {
    let [result, square] = [1, base]
    for (let e = exponent; e > 0; e = Math.floor(e / 2)) {
      if (e % 2 === 1) result = reduced(result * square)
      square = reduced(square * square)
    }
    return result
  }
  const half = power(2, modulus - 2)
  return {
    modulus,
    of(x) {
      // Floats from 2⁵³ on are whole numbers, of which `%` leaves the exact rest; smaller ones are made so large by powers of two.
      let [whole, shift] = [x, 0]
      while (!Number.isInteger(whole)) {
        whole *= 2 ** 64
        shift += 64
      }
      return reduced(reduced(whole) * power(half, shift))
    },
  }
}
