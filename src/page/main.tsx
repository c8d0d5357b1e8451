import { wrap } from 'comlink'
import { render } from 'preact'
import { chartStyles, colours } from '../report/svg/palette.js'
import { App } from './app.js'
import type { Desk } from './desk/desk.js'
import { describeBug } from './desk/fault.js'
import { defaultSettings } from './planning/settings.js'
import { openPage } from './state/page.js'
import './styles/base.css'
import './styles/opening.css'
import './styles/work.css'
import './styles/settings.css'
import './styles/progress.css'
import './styles/result.css'
import './styles/cluster.css'
import './styles/playback.css'
import './styles/details.css'
import './styles/inquiry.css'

// The colours of the page are those of the reports and pictures.
const palette = new CSSStyleSheet()
palette.replaceSync(`${colours}\n${chartStyles}`)
document.adoptedStyleSheets = [palette]

const worker = new Worker(new URL('./desk/desk-worker.ts', import.meta.url), { type: 'module' })
const page = openPage(wrap<Desk>(worker), defaultSettings(navigator.hardwareConcurrency ?? 2))
worker.addEventListener('error', ({ message }) => {
  const fault = describeBug(new Error(message || 'a script of the page could not be loaded'))
  page.store.dispatch({ kind: 'opened', opened: { kind: 'fault', fault } })
})
const root = document.getElementById('page')
if (root !== null) render(<App page={page} />, root)
