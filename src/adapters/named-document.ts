/** One parsed JSON or YAML document of what a cluster printed or an operator adds. */
export interface NamedDocument {
  /** What messages call it: the file and the place in it, such as `pods.yaml, document 3`, or the URL. */
  readonly name: string
  readonly value: unknown
}
