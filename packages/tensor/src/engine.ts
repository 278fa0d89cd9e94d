export { activeBackend } from './active-backend.ts'
export { type InitOptions, init, registerBackend } from './init.ts'
