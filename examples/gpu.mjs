import { fit } from '@facet/facet'
import { init } from '@facet/tensor'
import { gpu } from '@facet/tensor/gpu'

// Waves of any height and any pace.
const row = (i) =>
  Array.from({ length: 64 }, (_, t) => Math.sin((t * (2 + Math.sin(i))) / 10) * (2 + Math.cos(2 * i)))
const rows = Array.from({ length: 512 }, (_, i) => row(i))

const found = gpu.isSupported()
const { name } = await init(found && !found.software ? { backend: 'gpu' } : {})
document.querySelector('#where').textContent =
  `${found ? found.renderer : 'No WebGL2'}: computing with ${name}.`
const model = await fit(rows, { bottleneck: 2, hidden: [512, 256], batchSize: 128, epochs: 40 })
const { error, pca } = model.report
document.querySelector('#says').textContent =
  `Error ${error.validation.toFixed(4)} on rows held out, PCA's ${pca.validation.toFixed(4)}.`
