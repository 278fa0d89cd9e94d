import { init } from '@facet/tensor'
import { slices } from './slices.ts'

await init({ backend: 'wasm' })
await slices(process.argv[2], { quick: process.argv[3] === 'quick', containing: process.argv[4] }, (s) =>
  console.log(JSON.stringify(s)),
)
