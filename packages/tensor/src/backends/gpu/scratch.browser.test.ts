import {
  conv2d,
  convTranspose2d,
  convWeight2d,
  init,
  key,
  matmul,
  reshape,
  scope,
  type Tensor,
} from '@facet/tensor'
import { it } from 'vitest'
import './index.ts'

it('times', async () => {
  await init({ backend: 'gpu' })
  const x1 = key('a').normal([16, 1, 28, 28])
  const w1 = key('b').normal([16, 1, 3, 3])
  const x2 = key('c').normal([16, 16, 14, 14])
  const w2 = key('d').normal([32, 16, 3, 3])
  const o = { padding: 1 }
  const s = { padding: 1, stride: 2 }
  const g1 = key('e').normal([16, 16, 28, 28])
  const g2 = key('f').normal([16, 32, 14, 14])
  const h2 = key('g').normal([16, 32, 7, 7])
  const a = key('h').normal([32, 144])
  const b = key('i').normal([144, 3136])
  const x3 = key('j').normal([64, 16, 14, 14])
  const all: Record<string, () => Tensor> = {
    'T product s2': () => matmul(reshape(w2, [32, 144]), reshape(h2, [16, 32, 49]), { transposeA: true }),
    'T product': () => matmul(reshape(w2, [32, 144]), reshape(g2, [16, 32, 196]), { transposeA: true }),
    'matmul 32x144x3136': () => matmul(a, b),
    'conv 1>16': () => conv2d(x1, w1, o),
    'conv 16>32': () => conv2d(x2, w2, o),
    'conv 16>32 b64': () => conv2d(x3, w2, o),
    'conv 16>32 s2': () => conv2d(x2, w2, s),
    'T 16>1': () => convTranspose2d(g1, w1, o),
    'T 32>16': () => convTranspose2d(g2, w2, o),
    'T 32>16 s2': () => convTranspose2d(h2, w2, { ...s, outputPadding: 1 }),
    'W 1>16': () => convWeight2d(x1, g1, { ...o, kernel: 3 }),
    'W 16>32': () => convWeight2d(x2, g2, { ...o, kernel: 3 }),
    'W 16>32 s2': () => convWeight2d(x2, h2, { ...s, kernel: 3 }),
  }
  for (const f of Object.values(all))
    scope(() => {
      f().dataSync()
    })
  const times: Record<string, number[]> = {}
  for (let round = 0; round < 9; round++) {
    for (const [name, f] of Object.entries(all)) {
      const start = performance.now()
      scope(() => {
        let y = f()
        for (let k = 1; k < 4; k++) {
          y.dispose()
          y = f()
        }
        y.dataSync()
      })
      ;(times[name] ??= []).push((performance.now() - start) / 4)
    }
  }
  console.log(
    Object.entries(times)
      .map(([name, t]) => `${name}: median ${t.sort((p, q) => p - q)[4].toFixed(2)} min ${t[0].toFixed(2)}`)
      .join('\n'),
  )
}, 600000)
