import { expect, it } from 'vitest'
import { pressKey } from './plane-keys.ts'

const pressed = (key: string, more: Partial<Pick<KeyboardEvent, 'shiftKey' | 'ctrlKey'>> = {}) => {
  const said: (string | number)[] = []
  const isHeard = pressKey(
    { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more },
    {
      moveBy: (s, t) => said.push('move', s, t),
      zoomBy: (factor) => said.push('zoom', factor),
      whole: () => said.push('whole'),
      walk: (right, up) => said.push('walk', right, up),
      selectAtCross: () => said.push('select'),
    },
  )
  return isHeard ? said : null
}

it.each([
  ['ArrowRight', {}, ['move', 0.1, 0]],
  ['ArrowDown', {}, ['move', 0, -0.1]],
  ['ArrowUp', { shiftKey: true }, ['walk', 0, 0.025]],
  ['+', { shiftKey: true }, ['zoom', 1.25]],
  ['-', {}, ['zoom', 0.8]],
  ['Home', {}, ['whole']],
  ['Enter', {}, ['select']],
] as const)('%s with %j does %j', (key, more, wanted) => {
  expect(pressed(key, more)).toEqual(wanted)
})

it('leaves all other keys to the page and to the browser', () => {
  for (const key of ['a', 'Tab', 'Escape', ' ', 'toString']) expect(pressed(key)).toBeNull()
  expect(pressed('+', { ctrlKey: true })).toBeNull()
})
