/** The GPUs of an instance type. */
export interface InstanceGpus {
  /** Name of the model, such as `NVIDIA L4`; null where the table does not know it. */
  readonly model: string | null
  /** Devices; below 1 for types that get a share of one. */
  readonly count: number
  /** GiB of each device; null where the table does not say. */
  readonly memory: number | null
}

/** A kind of machine that a cloud sells, as a row of the table says. Money per hour; null: no price known. */
export interface InstanceType {
  readonly name: string
  /** Empty where the table does not say; so are the next two. */
  readonly cloud: string
  readonly region: string
  readonly arch: string
  /** Virtual processors; 0 where they are not known. */
  readonly cpu: number
  /** GiB; 0 where it is not known. */
  readonly memory: number
  readonly gpus: InstanceGpus | null
  readonly onDemand: number | null
  readonly spot: number | null
}
