import type { ComponentChildren } from 'preact'

/** The top of the page: whose it is, and the promise that it keeps. */
export function Masthead({ children }: { readonly children: ComponentChildren }) {
  return (
    <header class="masthead">
      <p class="wordmark">
        <svg viewBox="0 0 16 16" width="20" height="20" aria-hidden="true">
          <path class="mark-full" d="M1 9h6v6H1zM1 1h6v6H1z" />
          <path class="mark-empty" d="M9.7 1.7h4.6v4.6H9.7zM9.7 9.7h4.6v4.6H9.7z" />
        </svg>
        replica-compactor
      </p>
      <p class="promise">
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          <path d="M4 7V5a4 4 0 0 1 8 0v2h1v8H3V7zm2 0h4V5a2 2 0 0 0-4 0z" />
        </svg>
        Nothing leaves your browser
      </p>
      {children}
    </header>
  )
}
