import { fit, load } from '@facet/facet'
import { names } from '@facet/facet/stores'

const reading = (i) => [Math.sin(i), Math.cos(i), Math.sin(i) * Math.cos(i)]
const usual = Array.from({ length: 1000 }, (_, i) => reading(i))
const today = [reading(5000), [0.6, 0.8, -0.5]]

const isKept = (await names('indexeddb')).includes('pump')
const model = isKept ? await load({ from: 'indexeddb', name: 'pump' }) : await fit(usual, { bottleneck: 2 })
const bytes = await model.save({ to: 'indexeddb', name: 'pump' })
const odd = model.isAnomaly(today).map((isOdd) => (isOdd ? 'odd' : 'usual'))
document.querySelector('#says').textContent = `${isKept ? 'Loaded' : 'Trained'}. Today: ${odd.join(', ')}.`
document.querySelector('#file').href = URL.createObjectURL(new Blob([bytes]))
