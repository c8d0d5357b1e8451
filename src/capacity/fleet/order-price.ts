/** Money for ordering a node: it is paid for while it is provisioned. `costPerHour` is money an hour. */
export function orderPriceOf({
  costPerHour,
  provisionSeconds
}: {
  readonly costPerHour: number
  readonly provisionSeconds: number
}): number {
  return (costPerHour * provisionSeconds) / 3600
}
