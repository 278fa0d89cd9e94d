import { readFileSync, readdirSync } from 'node:fs'
import { init } from '@facet/tensor'
import { readNetwork } from './verify/layers/read-network.ts'
import { regionGraph } from '../../geometry/src/region/graph.ts'
await init()
const dir = '/work/shared/golden'
for (const f of readdirSync(dir).filter((f) => /^(regionsnd|relucent)_/.test(f))) {
  const file = JSON.parse(readFileSync(`${dir}/${f}`, 'utf8'))
  const d = file.input?.shape.reduce((a: number, b: number) => a * b, 1) 
  const { network } = readNetwork({ ...file, x: [new Array(d).fill(0)] } as any, 'float64')
  for (let rep = 0; rep < 3; rep++) {
    const t0 = performance.now()
    const g = regionGraph(network, { box: file.box })
    const t1 = performance.now()
    const e = file.expect
    if (rep === 2 || rep === 0) console.log(f, g.regions, e.regions, g.dualEdges, e.dualEdges ?? file.check.ourCounts?.breadthFirstFacets?.dualEdges, g.boundedRegions, e.boundedRegions, g.complete, g.verified, (t1 - t0).toFixed(1) + ' ms', (g.regions / (t1 - t0)).toFixed(1) + ' k/s')
    if (rep === 0) {
      if (e.withOutput) {
        const h = regionGraph(network, { box: file.box, level: { output: e.withOutput.outputUnit } })
        const b = regionGraph(network, { box: file.box, boundary: { output: e.withOutput.outputUnit } })
        console.log('  with output', h.regions, e.withOutput.regions, h.dualEdges, e.withOutput.dualEdges, 'boundary', b.regions, h.regions - g.regions)
      }
      let bad = 0
      for (const s of e.samples ?? []) {
        const i = g.indexOf(s.code)
        const n = i < 0 ? [] : g.neighbours(i)
        const want = s.walls.map((w: any) => JSON.stringify(w.changed)).sort().join()
        const got = n.map((w) => JSON.stringify(w.changed)).sort().join()
        if (want !== got) { bad++; console.log('BAD', i, want, got) }
      }
      console.log('  samples', e.samples?.length, 'bad', bad)
    }
  }
}
