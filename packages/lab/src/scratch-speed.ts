import { readFileSync } from 'node:fs'
import { init, key, tensor, reluActivation, identityActivation } from '@facet/tensor'
import { Network, Dense } from '@facet/models'
import { readNetwork } from './verify/layers/read-network.ts'
import { regionGraph } from '../../geometry/src/region/graph.ts'
await init()
const file = JSON.parse(readFileSync('/work/shared/golden/relucent_4_8_8_8_8_2_5065.json', 'utf8'))
const nets: [string, Network, any][] = [['relucent', readNetwork({ ...file, x: [[0,0,0,0]] } as any, 'float64').network, null]]
for (let seed = 0; seed < 3; seed++) {
  const sizes = [4, 8, 8, 8, 8, 2]
  const layers = sizes.slice(1).map((out, l) => {
    const n = sizes[l]
    const w = Array.from(key(seed).child('w' + l).uniformArray(out * n), (x: number) => (2 * x - 1) * Math.sqrt(6 / n))
    const b = Array.from(key(seed).child('b' + l).uniformArray(out), (x: number) => (2 * x - 1) / Math.sqrt(n))
    return new Dense({ name: 'l' + l, weight: tensor(new Float64Array(w), { shape: [out, n], dtype: 'float64' }), bias: tensor(new Float64Array(b), { shape: [out], dtype: 'float64' }), activation: l === 4 ? identityActivation : reluActivation })
  })
  nets.push(['random' + seed, new Network(layers), null], ['random' + seed, nets[nets.length-1]?.[1] as any, [-1, 1]])
  nets[nets.length - 1][1] = nets[nets.length - 2][1]
}
for (const [name, network, box] of nets) {
  const times: number[] = []
  let g
  for (let rep = 0; rep < Number(process.argv[2] ?? 3); rep++) {
    const t0 = performance.now()
    g = regionGraph(network, { box })
    times.push(performance.now() - t0)
  }
  times.sort((a, b) => a - b)
  const t = times[times.length >> 1]
  console.log(name, JSON.stringify(box), g!.regions, g!.dualEdges, g!.boundedRegions, g!.verified, t.toFixed(1) + ' ms', (g!.regions / t).toFixed(1) + ' k/s')
}
