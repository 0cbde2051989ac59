import type { ProfiledHostCall } from '../../../shared/profile.ts';
import type { PanelContext } from '../../component.ts';
import type { FuelPart } from '../fuelPart.ts';
import { costTable } from './costTable.ts';
import { sortableTable } from './sortableTable.ts';

/** What was asked of the host, which costs time and no fuel. */
export function hostTable({ formats }: PanelContext): FuelPart {
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
  return costTable(table, {
    rowsOf: ({ hostCalls }) => hostCalls,
    isFound: ({ name }, _matches, wanted) => name.toLowerCase().includes(wanted),
  });
}
