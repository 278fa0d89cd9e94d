import { valueAndContributions, valueAndGrad } from '@facet/autograd'
import {
  add,
  affine,
  init,
  mul,
  reluActivation,
  scope,
  square,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
} from '@facet/tensor'

await init()
const x0 = tensor([1.0])
const chain = (n: number) => (x: Tensor) => {
  let y = x
  for (let i = 0; i < n; i++) y = mul(y, x0)
  return sum(y)
}
const time = (name: string, f: () => void, reps = 3000) => {
  for (let i = 0; i < reps; i++) f()
  const t = performance.now()
  for (let i = 0; i < reps; i++) f()
  console.log(name, (((performance.now() - t) / reps) * 1000).toFixed(1), 'us')
}
const f = chain(100)
for (let r = 0; r < 2; r++) {
  time('plain 100 mul', () => {
    scope(() => f(x0))
  })
  time('plain 200 mul', () => {
    scope(() => chain(200)(x0))
  })
  const vg = valueAndGrad(f)
  time('valueAndGrad 100 mul (100 fwd + 100 bwd kernels)', () => {
    scope(() => {
      vg(x0)
    })
  })
}
