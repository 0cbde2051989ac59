import type { PanelProfile } from '../../../shared/panelProfile.ts';
import type { FuelPart } from '../fuelPart.ts';
import type { Rows } from './ownRows.ts';
import type { sortableTable } from './sortableTable.ts';

interface CostRows<Row> {
  readonly rowsOf: (profile: PanelProfile) => readonly Row[];
  /** Whether a row is what was searched for, by the functions that match or by the text in lower case. */
  readonly isFound: (row: Row, matches: ReadonlySet<number>, text: string) => boolean;
  /** What is shown of the rows where only the user's own are wanted; left out where that says nothing. */
  readonly own?: (rows: readonly Row[]) => Rows<Row>;
}

/** A table of a profile's costs, of which a search finds all, and which may show the user's own alone. */
export function costTable<Row>(
  table: ReturnType<typeof sortableTable<Row>>,
  { rowsOf, isFound, own }: CostRows<Row>,
): FuelPart {
  let rows: readonly Row[] = [];
  let only = false;
  const draw = () => {
    const shown = only && own ? own(rows) : { rows, rest: null };
    table.set(shown.rows, shown.rest);
  };
  const onlyYours = (next: boolean) => {
    only = next;
    draw();
  };
  return {
    element: table.element,
    show(profile) {
      rows = rowsOf(profile);
      draw();
    },
    search(matches, text) {
      const wanted = text.toLowerCase();
      if (matches === null) draw();
      else table.set(rows.filter((row) => isFound(row, matches, wanted)));
    },
    ...(own && { onlyYours }),
  };
}
