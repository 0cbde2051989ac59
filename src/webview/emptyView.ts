import type { PanelContext } from './component.ts';
import { button, el } from './dom.ts';

/** Before the first run: what this is for, and the one thing to press. */
export function emptyView({ request }: PanelContext): HTMLElement {
  return el(
    'section',
    { class: 'empty' },
    el('h1', { text: 'Run Rust as WebAssembly' }),
    el(
      'p',
      {},
      'Press ',
      el('strong', { text: 'Run WASM' }),
      ' above a ',
      el('code', { text: 'fn main' }),
      ': the program is built, run within its limits, and what it wrote, the fuel it used and the memory it took appear here.',
    ),
    button('Run a Program', 'play', () => request({ type: 'run' }), 'primary'),
  );
}
