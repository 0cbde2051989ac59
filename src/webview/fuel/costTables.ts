import type { PanelFunction, PanelLine, PanelProfile } from '../../shared/panelProfile.ts';
import type { ProfiledCrate } from '../../shared/profile.ts';
import type { PanelContext } from '../component.ts';
import type { FuelPart } from './fuelPart.ts';
import { nameOfCrate } from './origins.ts';
import { sortableTable } from './sortableTable.ts';

/** What each function cost: by itself, with what it called, and for each call. */
export function functionTable({ formats, request }: PanelContext): FuelPart {
  type Row = PanelFunction & { readonly index: number };
  let profile: PanelProfile | undefined;
  let rows: readonly Row[] = [];
  const share = (units: number) => formats.percent(units / Math.max(1, wholeOf(profile)));
  const open = (index: number) => () =>
    request({ type: 'openSource', id: profile!.id, of: 'function', index });
  const table = sortableTable<Row>(
    'Functions, by what they cost',
    [
      { title: 'Function', value: ({ name }) => name },
      {
        title: 'Self',
        tip: 'Fuel of its own code, with what is inlined in it',
        value: ({ self }) => self,
        text: ({ self }) => formats.exact(self),
      },
      { title: '%', tip: 'Of all fuel, its own', value: ({ self }) => self, text: ({ self }) => share(self) },
      {
        title: 'Total',
        tip: 'Fuel with all that it called',
        value: ({ total }) => total,
        text: ({ total }) => formats.exact(total),
      },
      { title: 'Calls', value: ({ calls }) => calls, text: ({ calls }) => formats.exact(calls) },
      {
        title: 'Per call',
        tip: 'Total fuel of one call, on average',
        value: ({ total, calls }) => total / Math.max(1, calls),
        text: ({ total, calls }) => formats.exact(Math.round(total / Math.max(1, calls))),
      },
      {
        title: 'Source',
        value: ({ place }) => place ?? '',
        open: ({ place, index }) => (place === null ? null : open(index)),
      },
    ],
    1,
  );
  return {
    element: table.element,
    show(next) {
      profile = next;
      rows = next.functions.map((row, index) => ({ ...row, index }));
      table.set(rows);
    },
    search(matches) {
      table.set(matches === null ? rows : rows.filter(({ index }) => matches.has(index)));
    },
  };
}

/** What each line of the source cost, inlined code its own. */
export function lineTable({ formats, request }: PanelContext): FuelPart {
  type Row = PanelLine & { readonly index: number };
  let profile: PanelProfile | undefined;
  let rows: readonly Row[] = [];
  const table = sortableTable<Row>(
    'Lines, by what they cost',
    [
      {
        title: 'Line',
        value: ({ place }) => place,
        open:
          ({ index }) =>
          () =>
            request({ type: 'openSource', id: profile!.id, of: 'line', index }),
      },
      { title: 'Fuel', value: ({ self }) => self, text: ({ self }) => formats.exact(self) },
      {
        title: '%',
        tip: 'Of all fuel',
        value: ({ self }) => self,
        text: ({ self }) => formats.percent(self / Math.max(1, wholeOf(profile))),
      },
    ],
    1,
  );
  return {
    element: table.element,
    show(next) {
      profile = next;
      rows = next.lines.map((row, index) => ({ ...row, index }));
      table.set(rows);
    },
    search(matches, text) {
      const wanted = text.toLowerCase();
      table.set(matches === null ? rows : rows.filter(({ place }) => place.toLowerCase().includes(wanted)));
    },
  };
}

/** Whose code it went to. */
export function crateTable({ formats }: PanelContext): FuelPart {
  let rows: readonly ProfiledCrate[] = [];
  let whole = 1;
  const table = sortableTable<ProfiledCrate>(
    'Crates, by what they cost',
    [
      { title: 'Crate', value: nameOfCrate },
      { title: 'Fuel', value: ({ self }) => self, text: ({ self }) => formats.exact(self) },
      {
        title: '%',
        tip: 'Of all fuel',
        value: ({ self }) => self,
        text: ({ self }) => formats.percent(self / whole),
      },
    ],
    1,
  );
  return {
    element: table.element,
    show(next) {
      whole = Math.max(1, wholeOf(next));
      rows = next.crates;
      table.set(rows);
    },
    search(matches, text) {
      const wanted = text.toLowerCase();
      table.set(
        matches === null ? rows : rows.filter((row) => nameOfCrate(row).toLowerCase().includes(wanted)),
      );
    },
  };
}

/** What the parts of a profile add up to. */
export function wholeOf(profile: PanelProfile | undefined): number {
  return profile === undefined ? 0 : profile.fuel + profile.uncounted;
}
