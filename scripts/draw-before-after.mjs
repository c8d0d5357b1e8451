/**
 * `node scripts/draw-before-after.mjs` plans the quickstart cluster with the built package and draws what hosts what before and
 * after to docs/before-after.svg, the picture of the README.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { compact, parseProblem } from 'replica-compactor'
import { parse } from 'yaml'

const WIDTH = 880
const PANEL = 424
const BAR = 250
const NAME = 82
const LANE = 17
const GAP = 10
const TOP = 56
const LANES = ['gpu', 'cpu']
/** Light enough for the dark text on them, on either background. */
const COLOURS = ['#9db8f2', '#f6d27a', '#f7a79a', '#9edccb', '#cfb2f5', '#c9d1d9']
/** About what a letter is wide at the size of the labels. */
const LETTER = 6

const problem = parseProblem(
  parse(readFileSync(new URL('../fixtures/quickstart.problem.yaml', import.meta.url), 'utf8'))
)
const result = await compact(problem)
const deployments = new Map(problem.deployments.map((deployment, index) => [deployment.id, { ...deployment, index }]))
const deploymentOf = new Map(problem.replicas.map(({ id, deployment }) => [id, deployment]))

const before = problem.replicas.map(({ id, node }) => ({ id, node }))
const after = result.placement.map(({ replica, node }) => ({ id: replica, node }))
const lanes = problem.nodes.flatMap(({ capacity }) => LANES.filter((resource) => capacity[resource] > 0)).length
const height = TOP + lanes * LANE + problem.nodes.length * GAP + 42

writeFileSync(new URL('../docs/before-after.svg', import.meta.url), draw())

function draw() {
  const { costPerHour } = result.objective
  const costs = [result.initial.listedCostPerHour, costPerHour]
  const summary = `${problem.nodes.length} nodes for ${money(costs[0])} an hour become ${result.objective.activeNodes} for ${money(costs[1])}.`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title">
<title id="title">${summary}</title>
<style>
  text { font: 12px system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1f2328 }
  .ground { fill: #ffffff; stroke: #d1d9e0 } .room { fill: #eaeef2 } .gone { fill: none; stroke: #8b949e; stroke-dasharray: 4 4 }
  .heading { font-size: 15px; font-weight: 600 } .faint { fill: #59636e } .copy { font-size: 10.5px; fill: #1f2328 }
  .lane { font-size: 10px; fill: #59636e }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .ground { fill: #0d1117; stroke: #30363d } .room { fill: #262c36 } .faint { fill: #9198a1 }
    .copy { fill: #1f2328 } .lane { fill: #9198a1 }
  }
</style>
<rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8"/>
${drawPanel(20, `Before: ${money(costs[0])} an hour`, before, new Set())}
${drawPanel(20 + PANEL, `After: ${money(costs[1])} an hour`, after, new Set(result.releasedNodes))}
${drawLegend()}
</svg>
`
}

/** The nodes under each other: what is held of their GPUs, and of their cores. */
function drawPanel(left, heading, copies, released) {
  let top = TOP
  const rows = problem.nodes.map((node) => {
    const lanes = LANES.filter((resource) => node.capacity[resource] > 0)
    const height = lanes.length * LANE - 2
    const middle = top + height / 2 + 4
    const isReleased = released.has(node.id)
    const name = `<text x="${left}" y="${middle}"${isReleased ? ' class="faint"' : ''}>${escapeXml(node.id)}</text>`
    const drawn = isReleased
      ? [drawReleased(left + NAME, top, height, middle)]
      : [
          ...lanes.map((resource, lane) => drawLane(node, resource, copies, left + NAME, top + lane * LANE)),
          `<text x="${left + NAME + BAR + 48}" y="${middle}" text-anchor="end">${money(node.costPerHour)}</text>`
        ]
    top += lanes.length * LANE + GAP
    return [name, ...drawn].join('')
  })
  return [`<text class="heading" x="${left}" y="34">${heading}</text>`, ...rows].join('\n')
}

function drawReleased(x, y, height, middle) {
  const box = `<rect class="gone" x="${x}" y="${y}" width="${BAR}" height="${height}" rx="3"/>`
  return `${box}<text class="lane" x="${x + BAR / 2}" y="${middle}" text-anchor="middle">released</text>`
}

function drawLane(node, resource, copies, left, y) {
  const bar = `<rect class="room" x="${left}" y="${y}" width="${BAR}" height="${LANE - 2}" rx="3"/>`
  const label = `<text class="lane" x="${left - 4}" y="${y + 11}" text-anchor="end">${resource}</text>`
  let x = left
  const drawn = copies
    .filter((copy) => copy.node === node.id)
    .map(({ id }) => deployments.get(deploymentOf.get(id)))
    .filter(({ demand }) => demand[resource] > 0)
    .sort((a, b) => a.index - b.index)
    .map(({ id, index, demand }) => {
      const width = (BAR * demand[resource]) / node.capacity[resource]
      const box = `<rect x="${x}" y="${y}" width="${width - 1}" height="${LANE - 2}" rx="3" fill="${colour(index)}"/>`
      const middle = `x="${x + width / 2}" y="${y + 11}" text-anchor="middle"`
      x += width
      return id.length * LETTER < width ? `${box}<text class="copy" ${middle}>${escapeXml(id)}</text>` : box
    })
  return [label, bar, ...drawn].join('')
}

function drawLegend() {
  let x = 20
  const y = height - 26
  const entries = problem.deployments.map(({ id }, index) => {
    const entry = `<rect x="${x}" y="${y}" width="12" height="12" rx="3" fill="${colour(index)}"/><text x="${x + 18}" y="${y + 10}">${escapeXml(id)}</text>`
    x += 34 + id.length * 7
    return entry
  })
  const note = `<text class="faint" x="${WIDTH - 20}" y="${y + 10}" text-anchor="end">held of each node’s GPUs and cores, and its cost an hour</text>`
  return [...entries, note].join('\n')
}

function colour(index) {
  return COLOURS[index % COLOURS.length]
}

function money(amount) {
  return amount.toFixed(2)
}

function escapeXml(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
