import { el } from './dom.ts';

/** A place such as `std/src/io/mod.rs:57`: where there is little room the folder is cut, never the file with its line. */
export function placeLabel(place: string): HTMLElement {
  const slash = place.lastIndexOf('/');
  return el(
    'span',
    { class: 'place' },
    slash > 0 ? el('span', { class: 'folder', text: place.slice(0, slash) }) : null,
    el('span', { class: 'file', text: place.slice(Math.max(0, slash)) }),
  );
}
