/** The version of this package: part of what identifies a scenario, since another version may answer otherwise. */
export const VERSION = '0.1.0'
