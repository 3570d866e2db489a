/** The tray's pictures: the wheel, with a mark at its corner that says by its shape how things stand. */
export const trayStates = ['serving', 'paused', 'locked'] as const
type TrayState = (typeof trayStates)[number]

/** `template` is for macOS, which colours it itself and looks at nothing but what is drawn and what is not. */
export const trayKinds = ['colour', 'template'] as const
type TrayKind = (typeof trayKinds)[number]

const wheel: Record<TrayKind, string> = {
  colour: `
    <rect x="0.5" y="0.5" width="31" height="31" rx="7.5" fill="#1b2033"/>
    <g fill="none" stroke="#8ea2ff" stroke-linecap="round">
      <circle cx="16" cy="16" r="9.6" stroke-width="4" stroke-dasharray="10.2 4.9" transform="rotate(-76 16 16)"/>
      <path d="M16 16V10" stroke="#fff" stroke-width="2.6"/>
      <circle cx="16" cy="16" r="2.4" fill="#fff" stroke="none"/>
    </g>`,
  template: `
    <g fill="none" stroke="#000" stroke-linecap="round">
      <circle cx="16" cy="16" r="12" stroke-width="4" stroke-dasharray="13.1 5.75" transform="rotate(-76 16 16)"/>
      <path d="M16 16V9" stroke-width="2.8"/>
      <circle cx="16" cy="16" r="2.6" fill="#000" stroke="none"/>
    </g>`,
}

const marks: Record<TrayState, string> = {
  serving: '<circle cx="24.5" cy="24.5" r="6" fill="#2fc878"/>',
  paused:
    '<rect x="19" y="18.5" width="4" height="12" rx="1" fill="#8b93a5"/><rect x="26" y="18.5" width="4" height="12" rx="1" fill="#8b93a5"/>',
  locked:
    '<rect x="18.5" y="23" width="12" height="8" rx="1.5" fill="#f0b64a"/><path d="M21 23v-2.5a3.5 3.5 0 0 1 7 0V23" fill="none" stroke="#f0b64a" stroke-width="2.4"/>',
}

const inBlack = (svg: string) => svg.replaceAll(/#[0-9a-f]{6}/g, '#000')

export function trayIcon(state: TrayState, kind: TrayKind): string {
  const mark = kind === 'template' ? inBlack(marks[state]) : marks[state]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <mask id="corner"><rect width="32" height="32" fill="#fff"/><rect x="16" y="15.5" width="16" height="16.5" rx="4" fill="#000"/></mask>
  <g mask="url(#corner)">${wheel[kind]}</g>${mark}
</svg>`
}
