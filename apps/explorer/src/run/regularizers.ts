// A program of its own, for recipes that minimise more than the reconstruction error, and for samples that are series or images: 13 KB that no other page loads.
export {
  contractive,
  denoising,
  fixedBank,
  fromBank,
  full,
  higherOrderContractive,
  imageBank,
  lieGroupFirstOrder,
  lieGroupOrbit,
  lieGroupSecondOrder,
  lieGroupTangent,
  lowRank,
  seriesBank,
  skewSymmetric,
} from '@facet/regularizers'
