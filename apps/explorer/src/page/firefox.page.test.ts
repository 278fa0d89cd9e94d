import { init } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { makeData } from '../run/make-data.ts'
import { checksumOf, Run } from '../run/run.ts'
import { trainedPreset } from '../run/train-preset.ts'
import { defaultRecipe } from '../state/recipe.ts'
import { describeFirefox, inFirefox } from '../testing/firefox.ts'

beforeAll(() => init({ relaxedSimd: false }))

describeFirefox('the explorer in Firefox', () => {
  it('opens, draws, plays, answers keys, and has the bits of Node', async () => {
    const { result, complaints } = await inFirefox(async (page) => {
      const { store, session } = page.explorer
      const until = async (what: string, isDone: () => boolean) => {
        for (let i = 0; !isDone(); i++) {
          if (i > 1000) throw new Error(`waited 20 s until ${what}`)
          await new Promise((done) => page.setTimeout(done, 20))
        }
      }
      const stands = () =>
        session.status.goal === null &&
        session.status.checksum !== null &&
        session.frame?.step === session.status.step &&
        session.frame.run === session.run
      const find = (selector: string) => page.document.querySelector(selector) as HTMLElement
      await until('the preset stands', stands)
      const opening = session.status.checksum
      const { regions } = session.frame!.input!
      // What is painted: some canvas of the input plane has many colours.
      const canvas = find('.view-input canvas.plane-marks') as HTMLCanvasElement
      const under = (find('.view-input .plane-regions canvas') ?? canvas) as HTMLCanvasElement
      await new Promise((done) => page.requestAnimationFrame(() => page.requestAnimationFrame(done)))
      const copy = page.document.createElement('canvas')
      Object.assign(copy, { width: canvas.width, height: canvas.height })
      const context = copy.getContext('2d')!
      context.drawImage(under, 0, 0)
      const pixels = new Uint32Array(context.getImageData(0, 0, copy.width, copy.height).data.buffer)
      const colours = new Set(pixels).size
      // Keys select the region at the cross, and the card says which it is.
      const plane = find('.view-input .plane-canvas')
      const press = (target: Element, key: string, shiftKey = false) =>
        target.dispatchEvent(new page.KeyboardEvent('keydown', { key, shiftKey, bubbles: true }))
      plane.focus()
      press(plane, 'ArrowRight', true)
      press(plane, 'Enter')
      await until('a region is selected', () => session.frame?.card != null)
      const selected = store.state.view.selected!.plane
      press(page.document.body, ' ')
      let pictures = 0
      session.onFrame(() => pictures++)
      await until('it has played', () => session.status.step > 3000 && pictures > 10)
      press(page.document.body, ' ')
      await until('it pauses', () => !store.state.isPlaying && stands())
      // The same recipe from its beginning.
      store.dispatch(['open', { ...store.state, recipe: { ...store.state.recipe, seed: 7 }, step: 200 }])
      await until('another run stands', () => session.status.step === 200 && stands())
      const words = find('.view-summary').textContent ?? ''
      return { opening, regions, colours, selected, words, other: session.status.checksum }
    })
    expect(complaints).toEqual([])
    expect(result.opening).toBe(checksumOf(await trainedPreset()))
    const recipe = { ...defaultRecipe, seed: 7 }
    const run = await Run.of(recipe, makeData(recipe, null))
    while (run.stepsDone < 200) run.step()
    expect(result.other).toBe(checksumOf(run.weights(new Float32Array(run.parameters))))
    expect(result.regions).toBeGreaterThan(500)
    expect(result.colours).toBeGreaterThan(20)
    expect(result.selected).toBe('input')
    expect(result.words).toMatch(/regions/)
  })
})
