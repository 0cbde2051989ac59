/** Matches that are painted around the one in sight; the browser keeps each in step with the page. */
const painted = 1000;

export interface Highlights {
  set(ranges: readonly StaticRange[]): void;
  /** Brings one into sight and paints it apart. */
  go(index: number): void;
  clear(): void;
}

/** Marks what was found by the browser's own highlights, which leave the text as it is. */
export function highlights(scroller: HTMLElement): Highlights {
  let ranges: readonly StaticRange[] = [];

  function paint(current: number | null): void {
    const from = Math.max(0, (current ?? 0) - painted / 2);
    CSS.highlights.set('found', new Highlight(...ranges.slice(from, from + painted)));
    if (current === null) CSS.highlights.delete('found-current');
    else {
      const highlight = new Highlight(ranges[current]!);
      highlight.priority = 1;
      CSS.highlights.set('found-current', highlight);
    }
  }

  return {
    set(found) {
      ranges = found;
      paint(null);
    },
    go(index) {
      const { startContainer, startOffset, endContainer, endOffset } = ranges[index]!;
      // A block out of sight has no layout, so nothing in it has a place before it is scrolled to.
      startContainer.parentElement!.scrollIntoView({ block: 'nearest' });
      const live = document.createRange();
      live.setStart(startContainer, startOffset);
      live.setEnd(endContainer, endOffset);
      const place = live.getBoundingClientRect();
      const frame = scroller.getBoundingClientRect();
      if (place.top < frame.top + 20 || place.bottom > frame.bottom - 20) {
        scroller.scrollTop += place.top - frame.top - frame.height / 3;
      }
      paint(index);
    },
    clear() {
      ranges = [];
      CSS.highlights.delete('found');
      CSS.highlights.delete('found-current');
    },
  };
}
