import { nameOfCrate } from '../../../profile/origin.ts';
import type { PanelCrate } from '../../../shared/panelProfile.ts';
import type { PanelContext } from '../../component.ts';
import type { FuelPart } from '../fuelPart.ts';
import { wholeOf } from '../wholeOf.ts';
import { costTable } from './costTable.ts';
import { sortableTable } from './sortableTable.ts';

/** Whose code it went to. */
export function crateTable({ formats }: PanelContext): FuelPart {
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
  return costTable(table, {
    rowsOf(profile) {
      whole = Math.max(1, wholeOf(profile));
      return profile.crates;
    },
    isFound: (row, _matches, wanted) => nameOfCrate(row).toLowerCase().includes(wanted),
  });
}
