export type { ImportRemark, ImportReport, PricedType, PriceSource } from '../import-report.js'
export type { NamedDocument as RayDocument } from '../named-document.js'
export type { PriceOptions } from '../prices.js'
export { projectOntoDrains } from './drains/project-onto-drains.js'
export type {
  DrainProjection,
  PredictedMove,
  ProjectedDrain,
  StepMark,
  StepRemark,
  UndrainedNode
} from './drains/projection.js'
export type { Fetch } from './driver/dashboard.js'
export type { DrainAnswer, DrainNode, DrainRequest } from './driver/drain-command.js'
export type { EmptyNode, RayDriverOptions } from './driver/options.js'
export { rayDriver } from './driver/ray-driver.js'
export { importRay, type RayImport, type RayImportOptions } from './import/import-ray.js'
export { MissingOverridesError } from './import/overrides/missing-overrides.js'
export { type RayOverrides, type RayOverridesInput, rayOverrides } from './import/overrides/overrides.js'
export type { RaySnapshot } from './import/payloads/documents.js'
