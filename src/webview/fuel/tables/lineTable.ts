import type { PanelLine, PanelProfile } from '../../../shared/panelProfile.ts';
import type { PanelContext } from '../../component.ts';
import { placeLabel } from '../../placeLabel.ts';
import type { FuelPart } from '../fuelPart.ts';
import { wholeOf } from '../wholeOf.ts';
import { costTable } from './costTable.ts';
import { ownRows } from './ownRows.ts';
import { sortableTable } from './sortableTable.ts';

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
  return costTable(table, {
    rowsOf(next) {
      profile = next;
      return next.lines.map((row, index) => ({ ...row, index }));
    },
    isFound: ({ place }, _matches, wanted) => place.toLowerCase().includes(wanted),
    own: (rows) => ownRows(rows, wholeOf(profile), 'lines', formats, showAll),
  });
}
