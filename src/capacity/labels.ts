/** How a node is paid for: `on-demand`, `spot` or `reserved`; nodes without it count as on-demand. */
export const MARKET_LABEL = 'market'

/** The name that the cloud gives a type, in whatever market it is bought; on nodes that come from a catalogue. */
export const INSTANCE_TYPE_LABEL = 'instance-type'

/** The model of the GPUs of a node. */
export const GPU_LABEL = 'gpu'

/** The memory of each GPU of a node, in GiB, as text. */
export const GPU_MEMORY_LABEL = 'gpu-memory'
