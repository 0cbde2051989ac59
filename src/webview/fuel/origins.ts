import { wordsOfOrigins } from '../../profile/origin.ts';
import type { PanelCrate } from '../../shared/panelProfile.ts';
import type { CodeOrigin } from '../../shared/profile.ts';
import type { PanelContext } from '../component.ts';
import { el } from '../dom.ts';

/** Whose code the fuel went to, as a bar and in words; the colours are the flame graph's. */
export function originBar({ formats }: PanelContext) {
  const bar = el('div', { class: 'origin-bar', attributes: { 'aria-hidden': 'true' } });
  const legend = el('ul', { class: 'legend' });
  return {
    element: el('div', { class: 'origins' }, bar, legend),
    set(crates: readonly PanelCrate[]): void {
      const sums = (Object.keys(wordsOfOrigins) as CodeOrigin[])
        .map((origin) => {
          const own = crates.filter((crate) => crate.origin === origin);
          return {
            origin,
            sum: own.reduce((sum, { self }) => sum + self, 0),
            // All of the user's code is one crate here; those of others call each other.
            total: origin === 'yours' ? own.reduce((sum, { total }) => sum + total, 0) : null,
          };
        })
        .filter(({ sum }) => sum > 0);
      const all = Math.max(
        1,
        sums.reduce((total, { sum }) => total + sum, 0),
      );
      bar.replaceChildren(
        ...sums.map(({ origin, sum }) => {
          const part = el('span', { class: origin });
          part.style.width = `${(100 * sum) / all}%`;
          return part;
        }),
      );
      legend.replaceChildren(
        ...sums.map(({ origin, sum, total }) => {
          const own = `${formats.exact(sum)} fuel of its own lines`;
          const called =
            total === null ? '' : `; ${formats.exact(total)} with what they call and have inlined`;
          const withCalls = total === null ? '' : ` (${formats.percent(total / all)} with what it calls)`;
          return el(
            'li',
            { title: own + called },
            el('span', { class: `swatch ${origin}`, attributes: { 'aria-hidden': 'true' } }),
            `${wordsOfOrigins[origin]} ${formats.percent(sum / all)}${withCalls}`,
          );
        }),
      );
    },
  };
}
