import { bytesPerMb } from '../shared/limits.ts';
import type { PanelMeasures } from '../shared/panelRun.ts';
import type { FormatName } from '../shared/target.ts';
import type { Component, PanelContext } from './component.ts';
import { el, setText } from './dom.ts';
import { fuelMeter } from './fuelMeter.ts';

const nothing = '–';
const unknown = 'unknown';

/** What runs of each format are, in words that have room below a number. */
const kinds: Readonly<Record<FormatName, string>> = {
  p1: 'P1 module',
  p2: 'component',
  unknown: 'bare module',
};

/** What the run cost: fuel against its limit, memory, times and the module. A dash until it is known, or is nothing. */
export function measures(context: PanelContext): Component {
  const { formats } = context;
  const fuel = fuelMeter(context);
  const memory = measure('Memory');
  const load = measure('Load');
  const run = measure('Run');
  const build = measure('Build');
  const module = measure('Module');
  const exit = measure('Exit');
  const cells = [memory, run, load, build, module, exit].map(({ element }) => element);

  const element = el(
    'section',
    { class: 'measures', attributes: { 'aria-label': 'Cost' } },
    fuel.element,
    el('dl', {}, ...cells),
  );

  return {
    element,
    update(panelRun) {
      const { outcome, limits, buildMs } = panelRun;
      // Where the build failed there is nothing to tell, and its errors need the room.
      element.hidden = outcome?.measures === null;
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
      run.set(
        show(({ runMs }) => formats.duration(runMs)),
        `of ${formats.duration(limits.maxExecutionSeconds * 1000)}`,
      );
      build.set(buildMs === null ? nothing : formats.duration(buildMs));
      module.set(
        show(({ wasmBytes }) => formats.bytes(wasmBytes)),
        known?.format == null ? '' : kinds[known.format],
        show(({ wasmBytes, formatTitle }) => `${formatTitle}, ${formats.exact(wasmBytes)} bytes`),
      );
      exit.set(
        show(({ exitCode, success }) => (exitCode === null ? (success ? '0' : nothing) : String(exitCode))),
        '',
        show(({ exitCode }) =>
          exitCode === null ? 'It did not exit with a code of its own.' : 'The exit code',
        ),
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
