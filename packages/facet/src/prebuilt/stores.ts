export { names, remove } from '../stores/index.ts'
