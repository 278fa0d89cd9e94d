import * as T from '@facet/tensor'
import { randomStack, randomNetworks } from './src/testing/random-layers.ts'
import { randomPoints, magnitude, maxDifference } from './src/testing/random-models.ts'
import { Chain } from './src/layers/chain.ts'
const { mul, sum, reshape, matmul } = T
const error = (f: any, e: any) => maxDifference(f.dataSync(), e.dataSync()) / magnitude(e)
await T.init({ backend: 'wasm' })
const bad = new Map<string, number>()
const N = 3
const [from, to] = process.argv.slice(2).map(Number)
for (const [kind, draw] of randomNetworks)
for (let seed = from; seed < to; seed++) T.scope(() => {
  const net = draw(seed)
  const chain = new Chain('laws', net.layers)
  const x = randomPoints(seed, N, net.inputs)
  const { words } = net.regionCode(x)
  const v = reshape(randomPoints(seed + 1, N * 2, net.inputs), [N, 2, net.inputs])
  const g = reshape(randomPoints(seed + 2, N * 2, net.outputs), [N, 2, net.outputs])
  const [pushed, pulled] = [chain.push(words, v) as any, chain.pull(words, g) as any]
  const e = error(sum(mul(g, pushed)), sum(mul(pulled, v)))
  if (!(e < 1e-10)) console.log(kind, seed, e, `${net.layers}`, net.layers[0].inputs, 'push', error(pushed, matmul(v, net.jacobian(x), { transposeB: true })), 'pull', error(pulled, matmul(g, net.jacobian(x))))
})
