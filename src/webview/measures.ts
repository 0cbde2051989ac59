import { bytesPerMb } from '../shared/limits.ts';
import type { PanelMeasures, PanelRun } from '../shared/panelRun.ts';
import type { Component, PanelContext } from './component.ts';
import { el, setText } from './dom.ts';

/** Share of a limit from which the bar warns. */
const warningShare = 0.8;

const nothing = '–';
const unknown = 'unknown';

/** What the run cost: fuel against its limit, memory, times and the module. A dash until it is known. */
export function measures({ formats }: PanelContext): Component {
  const fuel = fuelRow();
  const memory = measure('Memory');
  const load = measure('Load');
  const run = measure('Run');
  const build = measure('Build');
  const module = measure('Module');
  const cells = [memory, run, load, build, module].map(({ element }) => element);

  function fuelRow() {
    const bound = el('span', { class: 'bound', text: 'at least' });
    const used = el('span', { class: 'used' });
    const limit = el('span', { class: 'limit' });
    const share = el('span', { class: 'share' });
    const model = el('span', { class: 'model' });
    const fill = el('div', { class: 'fill' });
    const meter = el(
      'div',
      {
        class: 'meter',
        attributes: { role: 'meter', 'aria-label': 'Fuel used of its limit', 'aria-valuemin': '0' },
      },
      fill,
    );
    const numbers = el(
      'p',
      { class: 'numbers' },
      el('span', { class: 'label', text: 'Fuel' }),
      bound,
      used,
      limit,
      model,
    );
    const element = el('div', { class: 'fuel' }, numbers, el('div', { class: 'bar' }, meter, share));
    return {
      element,
      update({ limits, fuelModel, outcome }: PanelRun) {
        const measured = outcome?.measures?.measured;
        const units = measured === 'lost' ? null : (outcome?.measures?.fuel ?? null);
        const part = units === null ? 0 : units / limits.maxInstructions;
        const none = measured === 'lost' ? unknown : nothing;
        bound.hidden = measured !== 'fuel-at-least';
        setText(used, units === null ? none : formats.exact(units));
        setText(limit, ` of ${formats.exact(limits.maxInstructions)}`);
        setText(share, units === null ? '' : formats.percent(part));
        setText(model, fuelModel);
        model.title = `${fuelModel}, the fuel model: whose price list the units are of`;
        fill.style.width = `${Math.min(1, part) * 100}%`;
        meter.dataset['level'] = part >= 1 ? 'over' : part >= warningShare ? 'high' : 'normal';
        meter.setAttribute('aria-valuemax', String(limits.maxInstructions));
        meter.setAttribute('aria-valuenow', String(Math.min(units ?? 0, limits.maxInstructions)));
        meter.setAttribute(
          'aria-valuetext',
          units === null ? 'not known' : `${bound.hidden ? '' : 'at least '}${formats.percent(part)}`,
        );
      },
    };
  }

  return {
    element: el(
      'section',
      { class: 'measures', attributes: { 'aria-label': 'Cost' } },
      fuel.element,
      el('dl', {}, ...cells),
    ),
    update(panelRun) {
      const { outcome, limits, buildMs } = panelRun;
      const known = outcome?.measures ?? null;
      const show = (text: (measured: PanelMeasures) => string) => (known === null ? nothing : text(known));
      fuel.update(panelRun);
      const memoryLimit = formats.bytes(limits.maxMemoryMb * bytesPerMb);
      const lost = known?.measured === 'lost';
      memory.set(
        lost ? unknown : show(({ peakMemoryBytes }) => formats.bytes(peakMemoryBytes)),
        `of ${memoryLimit}`,
        lost
          ? 'The process ended before it could tell.'
          : show(
              ({ peakMemoryBytes }) => `${formats.exact(peakMemoryBytes)} bytes at most, over all memories`,
            ),
      );
      load.set(show(({ loadMs }) => formats.duration(loadMs)));
      run.set(show(({ runMs }) => formats.duration(runMs)));
      build.set(buildMs === null ? nothing : formats.duration(buildMs));
      module.set(
        show(({ wasmBytes }) => formats.bytes(wasmBytes)),
        known?.format ?? '',
        show(({ wasmBytes, formatTitle }) => `${formatTitle}, ${formats.exact(wasmBytes)} bytes`),
      );
    },
  };
}

/** A name with a value; what qualifies it stands beside it, the exact value in the tip. */
function measure(name: string) {
  const value = el('span', { class: 'value' });
  const beside = el('span', { class: 'beside' });
  const element = el('div', {}, el('dt', { text: name }), el('dd', {}, value), el('dd', {}, beside));
  return {
    element,
    set(text: string, besideText = '', tip = '') {
      setText(value, text);
      setText(beside, besideText);
      element.title = text === nothing ? '' : tip;
    },
  };
}
