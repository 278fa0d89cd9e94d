export * from './file/load-model.ts'
