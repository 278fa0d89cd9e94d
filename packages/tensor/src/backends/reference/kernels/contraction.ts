import { planLoop } from '../loop.ts'
import { accumulatorRow, rowTimesPlain, rowTimesTransposed } from '../row-products.ts'
import type { KernelFamily } from './family.ts'

export const contractionKernels = {
  matmul([x, y], [z], { transposeA, transposeB }) {
    const m = z.shape[z.shape.length - 2]
    const n = z.shape[z.shape.length - 1]
    const k = x.shape[x.shape.length - (transposeA ? 2 : 1)]
    const totals = accumulatorRow(n)
    const out = z.buffer
    const rowTimes = transposeB ? rowTimesTransposed : rowTimesPlain
    const product = (aAt: number, bAt: number, outAt: number): void => {
      for (let i = 0; i < m; i++) {
        totals.fill(0, 0, n)
        const at = transposeA ? aAt + i : aAt + i * k
        rowTimes(totals, x.buffer, at, transposeA ? m : 1, y.buffer, bAt, k, n)
        for (let j = 0; j < n; j++) out[outAt + i * n + j] = totals[j]
      }
    }
    const batches = planLoop(z.shape.slice(0, -2), [x.shape.slice(0, -2), y.shape.slice(0, -2)])
    const [sa, sb] = batches.innerStrides
    batches.forEach((at, [pa, pb]) => {
      for (let j = 0; j < batches.inner; j++)
        product((pa + j * sa) * m * k, (pb + j * sb) * k * n, (at + j) * m * n)
    })
  },
} satisfies KernelFamily
