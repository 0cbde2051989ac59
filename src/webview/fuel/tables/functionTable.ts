import { shortName } from '../../../profile/shortName.ts';
import type { PanelFunction, PanelProfile } from '../../../shared/panelProfile.ts';
import type { PanelContext } from '../../component.ts';
import { el } from '../../dom.ts';
import { placeLabel } from '../../placeLabel.ts';
import type { FuelPart } from '../fuelPart.ts';
import { wholeOf } from '../wholeOf.ts';
import { costTable } from './costTable.ts';
import { ownRows } from './ownRows.ts';
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
  return costTable(table, {
    rowsOf(next) {
      profile = next;
      return next.functions.map((row, index) => ({ ...row, index }));
    },
    isFound: ({ index }, matches) => matches.has(index),
    own: (rows) => ownRows(rows, wholeOf(profile), 'functions', formats, showAll),
  });
}
