import { type Autoencoder, loadModel, saveModel } from '@facet/models'

/** The same model with weights of its own. */
export const copyOf = async (model: Autoencoder): Promise<Autoencoder> => loadModel(await saveModel(model))
