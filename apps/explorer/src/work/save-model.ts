// A program of its own, for pages whose model is saved.
export { saveModel } from '@facet/models'
