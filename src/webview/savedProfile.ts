import type { PanelProfile } from '../shared/panelProfile.ts';
import type { PanelContext } from './component.ts';
import { button, el, setText } from './dom.ts';
import { fuelView } from './fuel/fuelView.ts';

/** A profile that was saved earlier, which stands in the place of the run. */
export function savedProfile(context: PanelContext) {
  const view = fuelView(context);
  const title = el('h1');
  const subtitle = el('p', { class: 'subtitle' });
  const back = button('Back to the Run', 'arrow-left', () => context.request({ type: 'closeSaved' }));
  return {
    element: el(
      'div',
      { class: 'run' },
      el('header', {}, el('div', { class: 'title' }, title, subtitle), el('div', { class: 'buttons' }, back)),
      el('section', { class: 'results' }, view.element),
    ),
    show(profile: PanelProfile): void {
      setText(title, profile.title);
      setText(
        subtitle,
        `${context.formats.exact(profile.fuel)} fuel · ${profile.fuelModel} · a saved profile`,
      );
      view.show(profile, false);
    },
    shown: () => view.shown(),
  };
}
