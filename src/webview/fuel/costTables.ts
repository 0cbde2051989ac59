import type { PanelCrate, PanelFunction, PanelLine, PanelProfile } from '../../shared/panelProfile.ts';
import type { ProfiledGrowth, ProfiledHostCall } from '../../shared/profile.ts';
import type { PanelContext } from '../component.ts';
import type { FuelPart } from './fuelPart.ts';
import { nameOfCrate } from '../../profile/origin.ts';
import { shortName } from '../../profile/shortName.ts';
import { placeLabel } from '../placeLabel.ts';
import { ownRows, type Rows } from './ownRows.ts';
import { el } from '../dom.ts';
import { sortableTable } from './sortableTable.ts';

/** What each function cost: by itself, with what it called, and for each call. */
export function functionTable({ formats, request }: PanelContext, showAll: () => void): FuelPart {
  type Row = PanelFunction & { readonly index: number };
  let profile: PanelProfile | undefined;
  const share = (units: number) => formats.percent(units / Math.max(1, wholeOf(profile)));
  const open = (index: number) => () =>
    request({ type: 'openSource', id: profile!.id, of: 'function', index });
  const table = sortableTable<Row>(
    'Functions, by what they cost',
    [
      {
        title: 'Function',
        value: ({ name }) => name,
        draw: ({ name }) => el('span', { text: shortName(name) }),
      },
      {
        title: 'Self',
        tip: 'Fuel of its own code, wherever that was inlined',
        value: ({ self }) => self,
        text: ({ self }) => formats.exact(self),
      },
      { title: '%', tip: 'Of all fuel, its own', value: ({ self }) => self, text: ({ self }) => share(self) },
      {
        title: 'Total',
        tip: 'Fuel with all that it called, and what is inlined in it',
        value: ({ total }) => total,
        text: ({ total }) => formats.exact(total),
      },
      {
        title: 'Calls',
        tip: 'What was inlined is not called',
        value: ({ calls }) => calls,
        text: ({ calls, isInlined }) => (calls === 0 && isInlined ? 'inlined' : formats.exact(calls)),
      },
      {
        title: 'Per call',
        tip: 'Total fuel of one call, on average',
        value: ({ total, calls, isInlined }) => (isInlined || calls === 0 ? 0 : total / calls),
        text: ({ total, calls, isInlined }) =>
          isInlined || calls === 0 ? '' : formats.exact(Math.round(total / calls)),
      },
      {
        title: 'Source',
        value: ({ place }) => place ?? '',
        draw: ({ place }) => placeLabel(place ?? ''),
        open: ({ place, index }) => (place === null ? null : open(index)),
      },
    ],
    1,
  );
  return codeTable(
    table,
    (next) => {
      profile = next;
      return next.functions.map((row, index) => ({ ...row, index }));
    },
    ({ index }, matches) => matches.has(index),
    (rows) => ownRows(rows, wholeOf(profile), 'functions', formats, showAll),
  );
}

/** What each line of the source cost, inlined code its own. */
export function lineTable({ formats, request }: PanelContext, showAll: () => void): FuelPart {
  type Row = PanelLine & { readonly index: number };
  let profile: PanelProfile | undefined;
  const table = sortableTable<Row>(
    'Lines, by what they cost',
    [
      {
        title: 'Line',
        value: ({ place }) => place,
        draw: ({ place }) => placeLabel(place),
        open:
          ({ index }) =>
          () =>
            request({ type: 'openSource', id: profile!.id, of: 'line', index }),
      },
      {
        title: 'Self',
        tip: 'Fuel of its own',
        value: ({ self }) => self,
        text: ({ self }) => formats.exact(self),
      },
      {
        title: 'Inlined',
        tip: 'Fuel with all code that was inlined from the line',
        value: ({ total }) => total,
        text: ({ total }) => formats.exact(total),
      },
      {
        title: '%',
        tip: 'Of all fuel, with what was inlined',
        value: ({ total }) => total,
        text: ({ total }) => formats.percent(total / Math.max(1, wholeOf(profile))),
      },
    ],
    2,
  );
  return codeTable(
    table,
    (next) => {
      profile = next;
      return next.lines.map((row, index) => ({ ...row, index }));
    },
    ({ place }, _matches, wanted) => place.toLowerCase().includes(wanted),
    (rows) => ownRows(rows, wholeOf(profile), 'lines', formats, showAll),
  );
}

/**
 * A table of code, which can show the user's own alone, and of which a search finds all.
 *
 * @param isFound whether a row is what was searched for, by the functions that match or by the text in lower case
 * @param own what is shown of the rows where others are left out
 */
function codeTable<Row>(
  table: ReturnType<typeof sortableTable<Row>>,
  rowsOf: (profile: PanelProfile) => readonly Row[],
  isFound: (row: Row, matches: ReadonlySet<number>, text: string) => boolean,
  own: (rows: readonly Row[]) => Rows<Row>,
): FuelPart {
  let rows: readonly Row[] = [];
  let only = false;
  const draw = () => {
    const shown = only ? own(rows) : { rows, rest: null };
    table.set(shown.rows, shown.rest);
  };
  return {
    element: table.element,
    show(profile) {
      rows = rowsOf(profile);
      draw();
    },
    onlyYours(next) {
      only = next;
      draw();
    },
    search(matches, text) {
      const wanted = text.toLowerCase();
      if (matches === null) draw();
      else table.set(rows.filter((row) => isFound(row, matches, wanted)));
    },
  };
}

/** Whose code it went to. */
export function crateTable({ formats }: PanelContext): FuelPart {
  let rows: readonly PanelCrate[] = [];
  let whole = 1;
  const table = sortableTable<PanelCrate>(
    'Crates, by what they cost',
    [
      { title: 'Crate', value: nameOfCrate },
      {
        title: 'Self',
        tip: 'Fuel of the crate’s own lines, wherever they were inlined',
        value: ({ self }) => self,
        text: ({ self }) => formats.exact(self),
      },
      {
        title: '%',
        tip: 'Of all fuel, of its own lines',
        value: ({ self }) => self,
        text: ({ self }) => formats.percent(self / whole),
      },
      {
        title: 'Total',
        tip: 'Fuel with all that its functions called, and what is inlined in them',
        value: ({ total }) => total,
        text: ({ total }) => formats.exact(total),
      },
      {
        title: 'Total %',
        tip: 'Of all fuel, with what it calls',
        value: ({ total }) => total,
        text: ({ total }) => formats.percent(total / whole),
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

/** What was asked of the host, which costs time and no fuel. */
export function hostTable({ formats }: PanelContext): FuelPart {
  let rows: readonly ProfiledHostCall[] = [];
  const table = sortableTable<ProfiledHostCall>(
    'Calls of the host',
    [
      { title: 'Host call', value: ({ name }) => name },
      { title: 'Calls', value: ({ count }) => count, text: ({ count }) => formats.exact(count) },
      { title: 'Bytes', value: ({ bytes }) => bytes, text: ({ bytes }) => formats.exact(bytes) },
      { title: 'Time', value: ({ ms }) => ms, text: ({ ms }) => formats.duration(ms) },
    ],
    3,
  );
  return {
    element: table.element,
    show({ hostCalls }) {
      rows = hostCalls;
      table.set(rows);
    },
    search(matches, text) {
      const wanted = text.toLowerCase();
      table.set(matches === null ? rows : rows.filter(({ name }) => name.toLowerCase().includes(wanted)));
    },
  };
}

/** Where memory grew, over fuel. */
export function memoryTable({ formats, request }: PanelContext): FuelPart {
  let profile: PanelProfile | undefined;
  const name = ({ function: at }: ProfiledGrowth) => profile?.functions[at]?.name ?? '';
  const open = (index: number) => () =>
    request({ type: 'openSource', id: profile!.id, of: 'function', index });
  const table = sortableTable<ProfiledGrowth>(
    'Growth of memory, over fuel',
    [
      {
        title: 'After fuel',
        tip: 'What the module had used until then',
        value: ({ fuel }) => fuel,
        text: ({ fuel }) => formats.exact(fuel),
      },
      {
        title: '%',
        tip: 'Of all fuel',
        value: ({ fuel }) => fuel,
        text: ({ fuel }) => formats.percent(fuel / Math.max(1, wholeOf(profile))),
      },
      { title: 'Memory', value: ({ bytes }) => bytes, text: ({ bytes }) => formats.bytes(bytes) },
      {
        title: 'Grown by',
        value: name,
        open: ({ function: at }) => (profile?.functions[at]?.place == null ? null : open(at)),
      },
    ],
    0,
    'Memory stayed as large as it was at the start.',
  );
  return {
    element: table.element,
    show(next) {
      profile = next;
      table.set(next.growths);
    },
    search(matches) {
      const all = profile?.growths ?? [];
      table.set(matches === null ? all : all.filter(({ function: at }) => matches.has(at)));
    },
  };
}

/** What the parts of a profile add up to. */
export function wholeOf(profile: PanelProfile | undefined): number {
  return profile === undefined ? 0 : profile.fuel + profile.uncounted;
}
