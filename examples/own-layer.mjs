import {
  AffineLayer,
  Autoencoder,
  autoencoder,
  checkLayer,
  fit,
  loadModel,
  MatrixMap,
  Network,
  network,
  saveModel,
} from '@facet/models'
import { add, init, key, mean, square, sub, tensor } from '@facet/tensor'

await init()
let state = 1
const random = () => (state = (state * 48271) % 2147483647) / 2147483647
const wave = () => {
  const [height, shift, slope] = [0.5 + random(), 6.3 * random(), random() - 0.5]
  return Array.from({ length: 40 }, (_, t) => height * Math.sin(t / 5 + shift) + slope * (t / 20 - 1))
}
const clean = tensor(Array.from({ length: 300 }, wave))
const received = add(clean, key('noise').normal([300, 40], { deviation: 0.5 }))
const between = (a, b) =>
  mean(square(sub(a, b)))
    .item()
    .toFixed(4)
const cosine = (_, t) => Array.from({ length: 8 }, (_, k) => Math.cos((Math.PI * k * (t + 0.5)) / 40))
const cosines = tensor(Array.from({ length: 40 }, cosine))

class Cosines extends AffineLayer {
  kind = 'cosines'
  linear = () => new MatrixMap(cosines)
  shift = () => null
  describe = () => ({ kind: this.kind, name: this.name, inputs: this.inputs })
  toString = () => 'cosines'
}
const layer = (name) => new Cosines(name, [8], [40], 'float32', null)
const kind = { kind: 'cosines', layer: Cosines, read: layer }
checkLayer(layer('last'), key('x').normal([20, 8]), { kind })

const plain = autoencoder({ input: 40, bottleneck: 4 })
const hidden = network({ sizes: [4, 64, 64, 8], activations: ['relu', 'relu', 'identity'], key: key(0) })
const decoder = new Network([...hidden.layers, layer('last')], 'decoder')
const smooth = new Autoencoder(autoencoder({ input: 40, bottleneck: 4 }).encoder, decoder)
for (const model of [plain, smooth]) await fit(model, received, { epochs: 60, batchSize: 16 })
for (const rows of [received, plain.reconstruct(received), smooth.reconstruct(received)])
  console.log(between(rows, clean))
const copy = loadModel(await saveModel(smooth, { kinds: [kind] }), { kinds: [kind] })
console.log(between(copy.reconstruct(received), smooth.reconstruct(received)))
