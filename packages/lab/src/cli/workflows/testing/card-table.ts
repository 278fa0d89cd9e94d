import { closeSync, openSync, writeSync } from 'node:fs'
import { randomOf } from './random.ts'

/** Columns V1 to V28. */
const components = 28
/** What they are made of. */
const factors = 9
const fraudShare = 0.0017

/** Columns that a fraud moves, against the others, as V3, V10, V12, V14 and V17 of the known set. */
const moved = [3, 10, 12, 14, 17]

/** Lines that are written at once. */
const chunkLines = 4096

/**
 * Writes a table like that of card payments which is used everywhere: Time, V1 … V28, Amount and Class, of which 1 is a fraud. V1 … V28 are correlated
 * and have heavy tails; a fraud moves five of them, one in ten hardly so.
 * @returns the number of frauds
 */
export function writeCardTable(path: string, rows: number): number {
  const { uniform, normal } = randomOf(2013)
  const mixing = Float64Array.from({ length: components * factors }, () => normal() / Math.sqrt(factors))
  const names = Array.from({ length: components }, (_, j) => `V${j + 1}`)
  const file = openSync(path, 'w')
  const hidden = new Float64Array(factors)
  let lines = ['Time', ...names, 'Amount', 'Class'].map((name) => `"${name}"`).join(',')
  let time = 0
  let frauds = 0
  for (let i = 0; i < rows; i++) {
    const isFraud = uniform() < fraudShare
    frauds += Number(isFraud)
    time += uniform() < 0.55 ? 1 : 0
    // A scale of its own for each payment: tails as those of a t distribution with few degrees of freedom.
    const scale = Math.exp(0.4 * normal())
    for (let k = 0; k < factors; k++) hidden[k] = scale * normal()
    const shift = isFraud ? Math.exp(1.3 + 0.6 * normal()) * (uniform() < 0.1 ? 0.1 : 1) : 0
    lines += `\n${time}`
    for (let j = 0; j < components; j++) {
      let value = 0.25 * scale * normal()
      for (let k = 0; k < factors; k++) value += mixing[j * factors + k] * hidden[k]
      // A bend, which no linear model has.
      value += 0.3 * Math.abs(hidden[j % factors])
      if (moved.includes(j + 1)) value -= shift
      lines += `,${Math.round(value * 1e6) / 1e6}`
    }
    const amount = Math.exp(3 + 1.2 * normal() + 0.3 * hidden[0])
    lines += `,${amount.toFixed(2)},${isFraud ? '"1"' : '"0"'}`
    if (i % chunkLines === chunkLines - 1) {
      writeSync(file, lines)
      lines = ''
    }
  }
  writeSync(file, `${lines}\n`)
  closeSync(file)
  return frauds
}
