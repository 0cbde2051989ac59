import type { PanelProfile } from '../../../shared/panelProfile.ts';
import type { ProfiledGrowth } from '../../../shared/profile.ts';
import type { PanelContext } from '../../component.ts';
import type { FuelPart } from '../fuelPart.ts';
import { wholeOf } from '../wholeOf.ts';
import { costTable } from './costTable.ts';
import { sortableTable } from './sortableTable.ts';

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
  return costTable(table, {
    rowsOf(next) {
      profile = next;
      return next.growths;
    },
    isFound: ({ function: at }, matches) => matches.has(at),
  });
}
