import { expect, it } from 'vitest'
import { startedIn } from './started-in.ts'

const script = {
  INIT_CWD: '/home/me/data',
  npm_package_name: 'facet',
  npm_package_json: '/src/facet/package.json',
  npm_lifecycle_event: 'facet',
}

it('takes paths from the folder that the script of the workspace was called in', () => {
  expect(startedIn(script, '/src/facet')).toBe('/home/me/data')
  expect(startedIn({ ...script, npm_lifecycle_event: 'start' }, '/src/facet')).toBe('/home/me/data')
})

it('stays where it is when it is called by anything else', () => {
  expect(startedIn({}, '/home/me')).toBeUndefined()
  expect(startedIn({ INIT_CWD: '/a' }, '/b')).toBeUndefined()
  expect(startedIn({ ...script, npm_package_name: 'mine' }, '/src/facet')).toBeUndefined()
  expect(startedIn({ ...script, npm_lifecycle_event: 'mine' }, '/src/facet')).toBeUndefined()
  expect(startedIn(script, '/src/facet/deeper')).toBeUndefined()
  expect(startedIn({ ...script, INIT_CWD: '/src/facet' }, '/src/facet')).toBeUndefined()
})
