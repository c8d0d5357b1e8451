export type { ImportRemark, ImportReport, PricedType, PriceSource } from '../import-report.js'
