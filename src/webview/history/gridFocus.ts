/**
 * Moves the focus in a grid of buttons after the ARIA pattern: the grid is one stop of the Tab key, arrows, Home and
 * End move in it.
 */
export function gridFocus(grid: HTMLElement): { keep(change: () => void): void } {
  const rows = () => [...grid.children].map((row) => [...row.querySelectorAll('button')]);

  /** Only the button that has, or had, the focus can be reached by Tab; at first the very first one. */
  function markStop(stop: HTMLButtonElement | undefined): void {
    const all = rows();
    const chosen = stop ?? all.flat().find((button) => button.tabIndex === 0) ?? all[0]?.[0];
    for (const button of all.flat()) button.tabIndex = button === chosen ? 0 : -1;
  }

  grid.addEventListener('focusin', ({ target }) => {
    const button = (target as HTMLElement).closest('button');
    if (button) markStop(button);
  });

  grid.addEventListener('keydown', (event) => {
    const all = rows();
    const row = all.findIndex((buttons) => buttons.includes(event.target as HTMLButtonElement));
    if (row === -1) return;
    const column = all[row]!.indexOf(event.target as HTMLButtonElement);
    const last = all.length - 1;
    const moves: Record<string, [row: number, column: number]> = {
      ArrowDown: [Math.min(last, row + 1), column],
      ArrowUp: [Math.max(0, row - 1), column],
      ArrowRight: [row, Math.min(all[row]!.length - 1, column + 1)],
      ArrowLeft: [row, Math.max(0, column - 1)],
      Home: [event.ctrlKey ? 0 : row, 0],
      End: [event.ctrlKey ? last : row, all[row]!.length - 1],
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    all[move[0]]?.[move[1]]?.focus();
  });

  return {
    /** Changes rows; where the one with the focus goes, its neighbour takes it. */
    keep(change) {
      const all = rows();
      const row = all.findIndex((buttons) => buttons.includes(document.activeElement as HTMLButtonElement));
      const column = row === -1 ? 0 : all[row]!.indexOf(document.activeElement as HTMLButtonElement);
      change();
      markStop(undefined);
      if (row === -1 || grid.contains(document.activeElement)) return;
      const left = rows();
      left[Math.min(row, left.length - 1)]?.[column]?.focus();
    },
  };
}
