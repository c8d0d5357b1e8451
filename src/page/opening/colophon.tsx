/** The foot of the page: where everything is computed, and how. */
export function Colophon() {
  return (
    <footer class="colophon">
      <p>
        Everything is computed in this browser, in Web Workers. Nothing is sent anywhere, and nothing is kept when the
        page is closed.
      </p>
      <p>
        {globalThis.crossOriginIsolated
          ? 'This page is isolated from other origins: solvers share memory with it, and stop at once.'
          : 'This page is not isolated from other origins: all works, but a solver that is stopped is loaded anew.'}
      </p>
    </footer>
  )
}
