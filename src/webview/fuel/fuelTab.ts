import type { PanelProfile } from '../../shared/panelProfile.ts';
import type { PanelContext, TabView } from '../component.ts';
import { button, el, setText } from '../dom.ts';
import { fuelView } from './fuelView.ts';

/** Where the fuel went. A profile is large, so it is asked for when the tab comes into sight, once. */
export function fuelTab(context: PanelContext): TabView {
  const view = fuelView(context);
  const text = el('p');
  const run = button('Run and Profile', 'flame', () => context.request({ type: 'runProfiled' }), 'primary');
  const empty = el('div', { class: 'no-profile' }, text, run);
  const element = el('div', { class: 'fuel-tab' }, empty, view.element);
  /** Of the run that is shown; undefined where it has none. */
  let wanted: number | undefined;
  let has: number | undefined;
  let forWorker = false;

  function bring(): void {
    const visible = element.closest<HTMLElement>('.tab-panel')?.hidden === false;
    if (visible && wanted !== undefined && wanted !== has) {
      has = wanted;
      context.request({ type: 'profile', id: wanted });
    }
  }

  function tell(words: string | null): void {
    empty.hidden = words === null;
    view.element.hidden = words !== null;
    setText(text, words ?? '');
  }

  function show(profile: PanelProfile): void {
    tell(null);
    view.show(profile, forWorker);
    view.shown();
  }

  return {
    id: 'fuel',
    element,
    label: () => ({ text: 'Fuel' }),
    update({ phase, outcome, profileKind }) {
      forWorker = profileKind === 'outlayer';
      const before = wanted;
      wanted = outcome?.profile;
      run.disabled = phase.kind !== 'done';
      if (wanted === undefined) {
        has = undefined;
        tell(
          phase.kind === 'done'
            ? 'A profiled run counts, to the unit, which function and which line the fuel went to.'
            : 'The run is under way.',
        );
      } else if (wanted !== before) {
        tell('Reading the profile.');
        bring();
      }
    },
    shown() {
      bring();
      view.shown();
    },
    receive(update) {
      view.receive(update);
      if (update.type !== 'profile') return;
      if (update.profile === null) tell('This profile is no longer at hand.');
      else if (update.profile.id === wanted) show(update.profile);
    },
  };
}
